import { Command } from 'commander';
import * as z from 'zod';
import { faultPlan } from '#core/experiment/engine/evidence-plans.ts';
import { noticedShare } from '#core/experiment/evidence/noticed-share.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { probes } from '#probes/registry.ts';
import { configOrDefaults } from '../../config/config-or-defaults.ts';
import { findConfig } from '../../config/open-config.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { openExperiment } from '../../experiments/open-experiment.ts';
import { configOption, jsonOption } from '../../options/options.ts';
import { SetValues, setOption } from '../../options/set-option.ts';
import { type ValidatedExperiment, validatedText } from '../../render/experiment/validated.ts';
import { sampleConfig } from '../../sandbox/sample-config.ts';
import { printResult } from '../../terminal/print-result.ts';

const ValidateOptions = z.strictObject({
  config: z.string().optional(),
  sandbox: z.boolean().default(false),
  set: SetValues,
  json: z.boolean().default(false),
});

const help = `
Names every mistake with its line, and says for each probe what the experiment would notice at the least: the smallest
share of bad samples that it would find with a probability of 95 %. This touches nothing and calls nothing.

Example:
  ./chaos experiment validate experiments/latency.yaml --sandbox
`;

export function validateCommand(context: CliContext): Command {
  return new Command('validate')
    .description('check a file, and say what it would notice')
    .argument('<file>', 'the file of an experiment')
    .option('--sandbox', 'for the sample, on this machine: every fault is enabled')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(jsonOption('what was found'))
    .addHelpText('after', help)
    .action(async (file: string, given: unknown) => validate(file, ValidateOptions.parse(given), context));
}

async function validate(
  file: string,
  options: z.infer<typeof ValidateOptions>,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, clock } = context;
  const config = options.sandbox
    ? sampleConfig(clock.now())
    : (await configOrDefaults(findConfig(options.config, cwd), options.config, terminal)).config;
  const read = await openExperiment(file, config, context, {
    ...{ loopback: options.sandbox, set: options.set },
  });
  const found: ValidatedExperiment = {
    ...{ file, title: read.experiment.title, fileHash: read.fileHash, warnings: read.warnings },
    probes: whatIsNoticed(read.experiment),
    steps: read.experiment.method.map(({ name, fault, target, holdMs }) => ({
      ...{ name, fault: fault.name, kind: target.kind, select: target.select, holdMs },
    })),
    stages: read.experiment.stages.length,
  };
  printResult(options, found, validatedText(found, terminal.paint), terminal);
}

function whatIsNoticed(experiment: Experiment): ValidatedExperiment['probes'] {
  return experiment.steadyState.probes.map((probe) => {
    const measures = probes.find(({ type }) => type === probe.type)?.measures ?? 'events';
    const plan = faultPlan(probe, experiment, () => measures);
    const notices = noticedShare(plan);
    const { name, tolerance, everyMs } = probe;
    return { name, tolerance, everyMs, samples: plan.samples, ...(notices !== undefined && { notices }) };
  });
}

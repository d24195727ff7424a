import { resolve } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import { stageMethod } from '#core/experiment/engine/stage-method.ts';
import { fewestShown, mostOutageSamples, noticedShare } from '#core/experiment/evidence/noticed-share.ts';
import { plannedEvidence } from '#core/experiment/file/planned-evidence.ts';
import type { Validation } from '#core/experiment/validation/validation.ts';
import type { Experiment } from '#core/model/experiment.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { configOrDefaults } from '../../config/config-or-defaults.ts';
import { findConfig } from '../../config/open-config.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes } from '../../context/cli-error.ts';
import { waitForCaller } from '../../deployed/caller-identity.ts';
import { openExperiment } from '../../experiments/open-experiment.ts';
import { scheduleHere } from '../../experiments/schedule-here.ts';
import { configOption, jsonOption, profileOption } from '../../options/options.ts';
import { SetValues, setOption } from '../../options/set-option.ts';
import { type ValidatedExperiment, validatedText } from '../../render/experiment/validated.ts';
import { sampleConfig } from '../../sandbox/sample-config.ts';
import { printResult } from '../../terminal/print-result.ts';

const ValidateOptions = z.strictObject({
  config: z.string().optional(),
  profile: z.string().optional(),
  offline: z.boolean().default(false),
  sandbox: z.boolean().default(false),
  set: SetValues,
  json: z.boolean().default(false),
});
type ValidateOptions = z.infer<typeof ValidateOptions>;

const help = `
Names every mistake in the file with its line. Then looks, with your own credentials, and changes nothing in AWS: which
targets each stage would strike now, and which it would spare; whether the roles can inject and undo; each alarm. Each
probe takes one sample, or two: its request is sent from here, whatever its method, and its function is invoked. And for
each probe it says the smallest share of bad samples that the experiment would find, with a probability of 95 %. A role
that trusts only the monkey refuses you: what could not be looked at is listed.

Exit codes: 0 nothing found that would make it fail; 1 AWS could not be looked at, as without credentials; 2 a mistake in
the file, or bad usage; 3 a run would fail now.

Examples:
  ./chaos experiment validate experiments/latency.yaml --sandbox
  ./chaos experiment validate checkout.yaml
  ./chaos experiment validate checkout.yaml --offline
`;

export function validateCommand(context: CliContext): Command {
  return new Command('validate')
    .description('check a file, what it would strike now, and what it would notice')
    .argument('<file>', 'the file of an experiment')
    .option('--offline', 'look at nothing but the file and the configuration')
    .option('--sandbox', 'for the sample, on this machine: every fault is enabled')
    .addOption(setOption())
    .addOption(profileOption())
    .addOption(configOption())
    .addOption(jsonOption('what was found'))
    .addHelpText('after', help)
    .action(async (file: string, given: unknown) => validate(file, ValidateOptions.parse(given), context));
}

async function validate(file: string, options: ValidateOptions, context: CliContext): Promise<void> {
  const { terminal, cwd, clock, finish } = context;
  const configFile = findConfig(options.config, cwd);
  const config = options.sandbox
    ? sampleConfig(clock.now())
    : (await configOrDefaults(configFile, options.config, terminal)).config;
  const { experiment, fileHash, warnings } = await openExperiment(file, config, context, {
    ...{ loopback: options.sandbox, set: options.set, now: clock.now() },
  });
  const looked = await look(experiment, file, config, options, context);
  const schedule = scheduleHere(experiment, {
    ...{ file: resolve(cwd, file), configFile: configFile.path, config, now: clock.now() },
  });
  const found: ValidatedExperiment = {
    ...{ file, title: experiment.title, fileHash, warnings },
    probes: whatIsNoticed(experiment, await faultsHere(options)),
    maxPercent: config.experiments.maxPercent,
    stages: experiment.stages.map((_, index) =>
      stageMethod(experiment, index + 1).map(({ name, fault, target, holdMs }) => ({
        ...{ step: name, fault: fault.name, kind: target.kind, select: target.select, holdMs },
      })),
    ),
    ...(schedule && { schedule }),
    ...looked,
  };
  printResult(options, found, validatedText(found, terminal.paint), terminal);
  if ('validation' in looked && looked.validation.problems.length > 0) finish(exitCodes.wouldFail);
}

/** What was seen; or why nothing was looked at. */
type Looked = { readonly validation: Validation } | { readonly notLooked: string };

async function look(
  experiment: Experiment,
  file: string,
  config: Config,
  { offline, sandbox }: ValidateOptions,
  context: CliContext,
): Promise<Looked> {
  if (offline) return { notLooked: '--offline' };
  if (sandbox) {
    const { validateSample } = await import('../../sandbox/validate-sample.ts');
    return { validation: await validateSample(experiment) };
  }
  const caller = await waitForCaller(context, config.master.region).catch(notLooked(file));
  const { validateHere } = await import('../../experiments/validate-here.ts');
  return { validation: await validateHere(experiment, caller, config, context) };
}

/** Whoever has not asked for --offline is not to take it for looked at: in a pipeline with a broken login, say. */
function notLooked(file: string): (error: unknown) => never {
  return (error) => {
    const { message, exitCode } = awsErrorMessage(error, 'ask AWS who you are');
    throw new CliError(
      `${file} is valid, but nothing else could be looked at. ${message}\n  To check only the file: ./chaos experiment validate ${shellWord(file)} --offline`,
      exitCode,
      error,
    );
  };
}

async function faultsHere({ sandbox }: ValidateOptions): Promise<FaultRegistry> {
  return sandbox ? (await import('../../sandbox/sample-faults.ts')).sampleFaults : faults;
}

function whatIsNoticed(experiment: Experiment, known: FaultRegistry): ValidatedExperiment['probes'] {
  return experiment.steadyState.probes.map((probe) => {
    const plan = plannedEvidence(probe, experiment, { faults: known, probes });
    const notices = noticedShare(plan);
    const samples = fewestShown(plan);
    const { name, tolerance, everyMs } = probe;
    return {
      ...{ name, tolerance, everyMs, samples },
      noticesNothing: samples < mostOutageSamples(plan),
      ...(notices !== undefined && { notices }),
    };
  });
}

import { Command, Option } from 'commander';
import * as z from 'zod';
import type { ControlPort, LiveProbe } from '#core/experiment/engine/ports.ts';
import { unlearnedRun } from '#core/experiment/unlearned.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes, verdictExitCodes } from '../../context/cli-error.ts';
import { openExperiment, readText } from '../../experiments/open-experiment.ts';
import { reportFolder } from '../../experiments/report-folder.ts';
import { jsonOption } from '../../options/options.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import { liveText } from '../../render/experiment/live.ts';
import { sampleConfig } from '../../sandbox/sample-config.ts';
import { printResult } from '../../terminal/print-result.ts';
import { withProgress } from '../../terminal/progress.ts';

const RunOptions = z.strictObject({
  sandbox: z.literal(true),
  graceful: z.boolean(),
  watch: z.boolean().default(false),
  json: z.boolean().default(false),
});
type RunOptions = z.infer<typeof RunOptions>;

const mostSearched = 200;

const codes = Object.entries(verdictExitCodes)
  .map(([verdict, code]) => `${code} ${verdict}`)
  .join(', ');

const help = `
On the sample: the shop and the web group of sample/, as processes of this machine that answer real HTTP, with everything
else of AWS in memory. Ctrl-C stops the experiment and undoes its faults; a second one ends the process, and with it all
that it started.

Exit codes: ${codes}; 2 bad usage.

Examples:
  ./chaos experiment run experiments/latency.yaml --sandbox
  ./chaos experiment run experiments/latency.yaml --sandbox --no-graceful
`;

export function runCommand(context: CliContext): Command {
  return sampleCommand('run', 'run an experiment, and say what it came to', false, context);
}

export function rehearseCommand(context: CliContext): Command {
  return sampleCommand(
    'rehearse',
    'run all of it but the fault: what deviates is a false alarm',
    true,
    context,
  );
}

function sampleCommand(name: string, summary: string, rehearsal: boolean, context: CliContext): Command {
  return new Command(name)
    .description(summary)
    .argument('<file>', 'the file of an experiment')
    .addOption(new Option('--sandbox', 'on the sample, on this machine').makeOptionMandatory())
    .option('--no-graceful', 'let the shop wait and fail, where it would show what it has')
    .option('--watch', 'show each probe and its evidence meanwhile')
    .addOption(jsonOption('the report'))
    .addHelpText('after', help)
    .action(async (file: string, given: unknown) => run(file, rehearsal, RunOptions.parse(given), context));
}

async function run(
  file: string,
  rehearsal: boolean,
  { graceful, watch, ...options }: RunOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, clock, finish } = context;
  const text = await readText(file, cwd);
  const { runSample } = await import('../../sandbox/run-sample.ts');
  const { experiment } = await openExperiment(file, sampleConfig(clock.now()), context, { loopback: true });
  const reports = reportFolder(cwd);
  const held = rehearsal ? undefined : unlearnedRun(experiment, (await reports.list(mostSearched)).reports);
  if (held !== undefined) {
    throw new CliError(
      `It deviated in run ${held}, and nobody has written down what was learned: it is not scaled up.\n  To write it down: ./chaos experiment note ${held} "..."`,
      exitCodes.failed,
    );
  }
  const { control, release } = stoppedByInterrupt(context);
  try {
    const seen = new Map<string, LiveProbe>();
    const live = (one: LiveProbe) => {
      // The last comes last: it says where the experiment is.
      seen.delete(one.probe);
      seen.set(one.probe, one);
    };
    const report = await withProgress(
      runSample(text, file, { graceful, rehearsal, control, live }),
      () => liveText([...seen.values()], clock.now(), watch),
      context,
    );
    const page = await reports.put(report);
    const { paint } = terminal;
    printResult(
      options,
      report,
      experimentReportText(report, { paint, timeZone: report.timeZone, page }),
      terminal,
    );
    finish(verdictExitCodes[report.verdict.is]);
  } finally {
    release();
  }
}

/** The first Ctrl-C stops the experiment; after it, another one ends the process as always. */
function stoppedByInterrupt({ onInterrupt, terminal }: CliContext): {
  readonly control: ControlPort;
  readonly release: () => void;
} {
  let isStopped = false;
  const release = onInterrupt(() => {
    isStopped = true;
    terminal.note('Stopping: the faults are being undone.');
    release();
  });
  return {
    release,
    control: {
      stopped: async () => (isStopped ? { by: 'Ctrl-C' } : undefined),
      renewLease: async () => {},
      announce: async (news) => {
        if (news.is === 'injected') terminal.note('The fault is in place.');
      },
    },
  };
}

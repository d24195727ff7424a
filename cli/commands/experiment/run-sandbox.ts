import type { ControlPort, LiveProbe } from '#core/experiment/engine/ports.ts';
import { hasDeviated, mostSearched, unlearnedRun } from '#core/experiment/unlearned.ts';
import { messageOf } from '#core/util/error-text.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes, verdictExitCodes } from '../../context/cli-error.ts';
import { openExperiment } from '../../experiments/open-experiment.ts';
import { reportFolder, reportsFolder } from '../../experiments/report-folder.ts';
import type { RunOptions } from '../../options/experiment-run-options.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import { liveText } from '../../render/experiment/live.ts';
import { sampleConfig } from '../../sandbox/sample-config.ts';
import { printResult } from '../../terminal/print-result.ts';
import { withProgress } from '../../terminal/progress.ts';

/** Runs it on the sample, on this machine, to its verdict. */
export async function runOnSample(
  file: string,
  rehearsal: boolean,
  options: RunOptions,
  context: CliContext,
): Promise<void> {
  try {
    await runToVerdict(file, rehearsal, options, context);
  } catch (error) {
    if (error instanceof CliError && error.exitCode !== exitCodes.failed) throw error;
    // 1 would say that it deviated.
    throw new CliError(messageOf(error), verdictExitCodes.failed, error);
  }
}

async function runToVerdict(
  file: string,
  rehearsal: boolean,
  { graceful, watch, set, ...options }: RunOptions,
  context: CliContext,
): Promise<void> {
  const { terminal, cwd, clock, finish } = context;
  const { runSample } = await import('../../sandbox/run-sample.ts');
  const config = sampleConfig(clock.now());
  const { experiment, text } = await openExperiment(file, config, context, { loopback: true, set });
  const reports = reportFolder(cwd);
  const isRamp = experiment.stages.length > 1;
  const past = rehearsal || !isRamp ? [] : (await reports.list(mostSearched)).reports;
  const held = unlearnedRun(
    experiment,
    past.map((run) => ({ ...run, hasDeviated: hasDeviated(run.verdict) })),
  );
  if (held !== undefined) {
    throw new CliError(
      `It deviated in run ${held}, and nobody has written down what was learned: it is not scaled up.\n  To write it down: ./chaos experiment note ${held} "..."`,
      verdictExitCodes.failed,
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
    finish(verdictExitCodes[report.verdict.is]);
    const saved = await reports.put(report).then(
      (page) => ({ page }),
      (error: unknown) => ({ page: undefined, trouble: messageOf(error) }),
    );
    const { paint } = terminal;
    const view = { paint, timeZone: report.timeZone, page: saved.page, flags: '' };
    printResult(options, report, experimentReportText(report, view), terminal);
    if ('trouble' in saved) {
      terminal.note(
        `Its report could not be written to ${reportsFolder}, so no list has it: ${saved.trouble}`,
      );
    }
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

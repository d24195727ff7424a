import type { LiveProbe } from '#core/experiment/engine/ports.ts';
import { hasDeviated, mostSearched, unlearnedRun } from '#core/experiment/unlearned.ts';
import { noteCommand } from '#core/experiment/wording/note-command.ts';
import { messageOf } from '#core/util/error-text.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, exitCodes, verdictExitCodes } from '../../context/cli-error.ts';
import { openExperiment } from '../../experiments/open-experiment.ts';
import { reportFolder } from '../../experiments/report-folder.ts';
import { saveReport } from '../../experiments/save-report.ts';
import type { RunOptions } from '../../options/experiment-run-options.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import { liveText } from '../../render/experiment/live.ts';
import { liveBlock } from '../../render/experiment/live-block.ts';
import { sampleConfig } from '../../sandbox/sample-config.ts';
import { printResult } from '../../terminal/print-result.ts';
import { withProgress } from '../../terminal/progress.ts';
import { stoppedBySignal } from './stopped-by-signal.ts';

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
      `It deviated in run ${held}, and nobody has written down what was learned: it is not scaled up.\n  To write it down: ${noteCommand(held)}`,
      verdictExitCodes.failed,
    );
  }
  const { control, release } = stoppedBySignal(context);
  try {
    const seen = new Map<string, LiveProbe>();
    const live = (one: LiveProbe) => {
      // The last comes last: it says where the experiment is.
      seen.delete(one.probe);
      seen.set(one.probe, one);
    };
    const { steadyState, observations } = experiment;
    const names = [...steadyState.probes, ...observations].map(({ name }) => name);
    const shown = () => {
      const { width } = terminal.progress;
      const probes = [...seen.values()];
      const now = clock.now();
      return watch && width !== undefined
        ? liveBlock(probes, names, now, width)
        : liveText(probes, now, watch);
    };
    const report = await withProgress(
      runSample(text, file, { graceful, rehearsal, control, live }),
      shown,
      context,
    );
    finish(verdictExitCodes[report.verdict.is]);
    const { page, trouble } = await saveReport(report, reports);
    const { paint, width } = terminal;
    const view = { paint, width, timeZone: report.timeZone, page, flags: '' };
    printResult(options, report, experimentReportText(report, view), terminal);
    if (trouble !== undefined) terminal.note(trouble);
  } finally {
    release();
  }
}

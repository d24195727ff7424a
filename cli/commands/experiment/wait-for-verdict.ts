import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { shownRecord } from '#lambdas/chaos-experiment-control/shown-record.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, verdictExitCodes } from '../../context/cli-error.ts';
import type { OpenDeployment } from '../../deployed/open-deployment.ts';
import { type Standing, untilOver } from '../../deployed/watch-experiment.ts';
import { deployedReport } from '../../experiments/find-report.ts';
import { experimentReportText } from '../../render/experiment/experiment-report.ts';
import { progressText } from '../../render/experiment/live.ts';
import { phaseText } from '../../render/experiment/standing.ts';
import { goesOnText } from '../../render/experiment/started.ts';
import { printResult } from '../../terminal/print-result.ts';
import { withProgress } from '../../terminal/progress.ts';

/**
 * Waits until a run in AWS is over, prints its report, and ends with the exit code of its verdict. Ctrl-C ends the waiting. `watch`:
 * shows each probe and its evidence meanwhile, as far as the run has told.
 */
export async function waitForVerdict(
  id: string,
  deployment: OpenDeployment,
  options: { readonly json: boolean; readonly watch: boolean },
  context: CliContext,
): Promise<void> {
  const { terminal, finish } = context;
  const { record } = await untilSeen(id, options.watch, deployment, context);
  const { ended } = record;
  if (ended === undefined) return;
  finish(verdictExitCodes[ended.verdict]);
  try {
    const { report, page } = await deployedReport(id, deployment, context);
    const { paint } = terminal;
    const text = experimentReportText(report, { paint, timeZone: report.timeZone, page });
    printResult(options, report, text, terminal);
  } catch (error) {
    // The verdict is known all the same.
    terminal.note(awsErrorMessage(error, 'read its report').message);
    printResult(options, shownRecord(record), endedText(record), terminal);
  }
}

function endedText({ id, ended }: ExperimentRecord): string {
  return `Experiment ${id} ended as ${ended?.verdict}: ${ended?.why}`;
}

async function untilSeen(
  id: string,
  watch: boolean,
  { ledger, flags, timeZone }: OpenDeployment,
  { clock, clients, terminal, onInterrupt }: CliContext,
): Promise<Standing> {
  const over = new AbortController();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const release = onInterrupt(() => {
    reject(new CliError(`Interrupted. ${goesOnText(id, flags)}`, verdictExitCodes.failed));
    over.abort();
  });
  let phase = 'starting';
  let shown = phase;
  const seen = (standing: Standing) => {
    const now = clock.now() + (clients.skew.offsetMs() ?? 0);
    const next = phaseText(standing, now, timeZone);
    const { isWaiting, progress } = standing.record;
    shown = watch && progress !== undefined && !isWaiting ? progressText(progress, true) : next;
    if (next === phase) return;
    phase = next;
    if (standing.record.ended === undefined) terminal.note(`${new Date(now).toISOString()}  ${phase}`);
  };
  try {
    const watching = untilOver(id, ledger, { clock, over: over.signal, seen });
    return await withProgress(Promise.race([watching, interrupted]), () => shown, {
      ...{ clock, terminal },
    });
  } catch (error) {
    const { message } = awsErrorMessage(error, 'read how it stands');
    if (error instanceof CliError) throw error;
    throw new CliError(
      `NOT KNOWN what it came to. ${message}\n${goesOnText(id, flags)}`,
      verdictExitCodes.failed,
      error,
    );
  } finally {
    release();
  }
}

import type { ExperimentProgress } from '#core/reports/experiment-progress.ts';
import { awsErrorMessage } from '../../context/aws-error-message.ts';
import type { CliContext } from '../../context/cli-context.ts';
import { CliError, type ExitCode } from '../../context/cli-error.ts';
import type { OpenDeployment } from '../../deployed/open-deployment.ts';
import { type Standing, untilOver } from '../../deployed/watch-experiment.ts';
import { progressText } from '../../render/experiment/live.ts';
import { progressBlock } from '../../render/experiment/live-block.ts';
import { phaseText } from '../../render/experiment/standing.ts';
import { goesOnText } from '../../render/experiment/started.ts';
import { withProgress } from '../../terminal/progress.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/**
 * Shows how an experiment in AWS stands until it is over; with `watch`, each probe and its evidence. Ctrl-C ends the showing.
 * `unseen`: the exit code where its end was not seen.
 */
export async function untilSeen(
  id: string,
  { watch, unseen }: { readonly watch: boolean; readonly unseen: ExitCode },
  { ledger, flags, timeZone }: OpenDeployment,
  { clock, clients, terminal, onInterrupt }: CliContext,
): Promise<Standing> {
  const over = new AbortController();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const release = onInterrupt(() => {
    reject(new CliError(`Interrupted. ${goesOnText(id, flags)}`, unseen));
    over.abort();
  });
  let phase = 'starting';
  let shown = phase;
  const seen = (standing: Standing) => {
    const now = clock.now() + (clients.skew.offsetMs() ?? 0);
    const next = phaseText(standing, now, timeZone);
    const { isWaiting, progress } = standing.record;
    shown = watch && progress !== undefined && !isWaiting ? watchText(progress, terminal) : next;
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
    throw new CliError(`NOT KNOWN what it came to. ${message}\n${goesOnText(id, flags)}`, unseen, error);
  } finally {
    release();
  }
}

function watchText(
  progress: ExperimentProgress,
  { progress: { width } }: Pick<Terminal, 'progress'>,
): string {
  return width === undefined ? progressText(progress, true) : progressBlock(progress, width);
}

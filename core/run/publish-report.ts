import { type Failure, type FailureStage, failure } from '../model/failure.ts';
import type { World } from '../ports/world.ts';
import type { Recording } from '../reports/recording.ts';
import type { RunReport } from '../reports/run-report.ts';
import { type Closing, closeAnnounced } from '../verify/close-announced.ts';
import type { ClaimedAnnouncements } from './claim-announcements.ts';
import { withFailures } from './make-report.ts';

/**
 * Records and announces a report. If it was announced, its failures are no longer news, and the strikes that people now know
 * about are closed.
 */
export async function publishReport(
  report: RunReport,
  {
    recording,
    news,
    closings,
  }: {
    readonly recording: Recording | undefined;
    readonly news: ClaimedAnnouncements | undefined;
    readonly closings: readonly Closing[];
  },
  world: Pick<World, 'ledger' | 'announcer' | 'journal'>,
): Promise<RunReport> {
  const complete = await recordAndAnnounce(report, recording, world, news?.old);
  const isAnnounced = complete.failures.every(({ stage }) => stage !== 'announce');
  await (isAnnounced ? news?.keep() : news?.forget());
  if (isAnnounced) await closeAnnounced(closings, world);
  return complete;
}

/**
 * Returns the report with whatever could not be recorded or announced. The steps run concurrently, as time may be short. `old`:
 * how many of its failures were announced before.
 */
export async function recordAndAnnounce(
  report: RunReport,
  recording: Recording | undefined,
  { ledger, announcer, journal }: Pick<World, 'ledger' | 'announcer' | 'journal'>,
  old = 0,
): Promise<RunReport> {
  const failures = await Promise.all([
    attempt('record', ledger.recordRun(report)),
    attempt('announce', announcer.announce(report, old)),
    ...(recording === undefined ? [] : [attempt('record', ledger.keepRecording(recording))]),
  ]);
  const complete = withFailures(report, failures.flat());
  for (const one of complete.failures) journal.failed(one);
  journal.ended(complete);
  return complete;
}

async function attempt(stage: FailureStage, done: Promise<void>): Promise<readonly Failure[]> {
  return done.then(
    () => [],
    (error: unknown) => [failure(stage, error)],
  );
}

import { type Failure, type FailureStage, failure } from '../model/failure.ts';
import type { World } from '../ports/world.ts';
import type { RunReport } from '../reports/run-report.ts';
import { type Closing, closeAnnounced } from '../verify/close-announced.ts';
import type { ClaimedAnnouncements } from './announce-once.ts';
import { withFailures } from './build-report.ts';
import type { Recorder } from './record-decisions.ts';

/**
 * Records and announces a report. Which failures were news, and which strikes are to be closed now that people know of them, is
 * settled by whether it was announced.
 */
export async function publish(
  report: RunReport,
  {
    recorder,
    news,
    closings,
  }: {
    readonly recorder: Pick<Recorder, 'close'> | undefined;
    readonly news: ClaimedAnnouncements | undefined;
    readonly closings: readonly Closing[];
  },
  world: Pick<World, 'ledger' | 'announcer' | 'journal'>,
): Promise<RunReport> {
  const complete = await recordAndAnnounce(report, recorder, world, news?.old);
  const isAnnounced = complete.failures.every(({ stage }) => stage !== 'announce');
  await (isAnnounced ? news?.keep() : news?.forget());
  if (isAnnounced) await closeAnnounced(closings, world);
  return complete;
}

/**
 * The report with what could not be recorded or announced in it. None waits for another: time may be short. `old`: how many of its
 * failures people have heard of before.
 */
export async function recordAndAnnounce(
  report: RunReport,
  recorder: Pick<Recorder, 'close'> | undefined,
  { ledger, announcer, journal }: Pick<World, 'ledger' | 'announcer' | 'journal'>,
  old = 0,
): Promise<RunReport> {
  const failures = await Promise.all([
    attempt('record', ledger.recordRun(report)),
    attempt('announce', announcer.announce(report, old)),
    ...(recorder === undefined ? [] : [attempt('record', recorder.close())]),
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

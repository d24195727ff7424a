import { falseAlarmCode } from './alarm.ts';
import { calendarOf } from './calendar/calendar-of.ts';
import { closeTold } from './close-told.ts';
import { makeReport } from './make-report.ts';
import type { World } from './ports.ts';
import { recordAndAnnounce } from './record-and-announce.ts';
import type { Failure, RunReport } from './report.ts';
import type { Run } from './run.ts';
import { firstTold } from './tell-once.ts';
import { runDied, verifyStrikes } from './verify.ts';

/**
 * Looks after earlier strikes and does nothing else: the light schedule's run. Most find nothing to tell; those are neither
 * recorded nor announced. What cannot be looked at is told once a day, and logged every five minutes.
 */
export async function verifyRun(run: Omit<Run, 'request'>, world: World): Promise<RunReport> {
  const startedAt = world.clock.now();
  world.journal.begun(run, run.slot, 'verify');
  const { recoveries, closings, failures } = await verifyStrikes(run, world);
  const report = makeReport(
    run,
    'verify',
    { mode: 'live' },
    { verdicts: [], closed: false },
    {
      accounts: 0,
      regionsSurveyed: 0,
      groupsNotFound: [],
      decisions: [],
      strikes: [],
      recoveries,
      failures,
    },
    { startedAt, endedAt: world.clock.now() },
  );
  const news = await firstTold(
    failures.filter((one) => !isTold(one)),
    calendarOf(world.config).dayOf(startedAt),
    world,
  );
  if (recoveries.length > 0 || failures.some(isTold) || news.isAny) {
    const complete = await recordAndAnnounce(report, undefined, world);
    await (complete.failures.some(({ stage }) => stage === 'announce') ? news.forget() : news.keep());
    await closeTold(closings, complete, world);
    return complete;
  }
  for (const one of failures) world.journal.failed(one);
  world.journal.ended(report);
  return report;
}

/** A dead run is told of once anyway, by whoever finds it; an alarm that was false by whoever raised it. */
function isTold({ code }: Failure): boolean {
  return code === runDied || code === falseAlarmCode;
}

import { makeReport } from './make-report.ts';
import type { World } from './ports.ts';
import { recordAndAnnounce } from './record-and-announce.ts';
import type { Failure, RunReport } from './report.ts';
import type { Run } from './run.ts';
import { runDied, verifyStrikes } from './verify.ts';

/**
 * Looks after earlier strikes and does nothing else: the light schedule's run. Most find nothing to tell; those are neither
 * recorded nor announced. Nor is, every five minutes, that a group cannot be looked at: it is logged, and the next slot's run
 * announces it.
 */
export async function verifyRun(run: Omit<Run, 'request'>, world: World): Promise<RunReport> {
  const startedAt = world.clock.now();
  world.journal.begun(run, run.slot, 'verify');
  const { recoveries, failures } = await verifyStrikes(run, world);
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
  if (recoveries.length > 0 || failures.some(isNews)) return recordAndAnnounce(report, undefined, world);
  for (const one of failures) world.journal.failed(one);
  world.journal.ended(report);
  return report;
}

/** A dead run is told of once, by whoever finds it. */
function isNews({ code }: Failure): boolean {
  return code === runDied;
}

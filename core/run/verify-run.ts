import { calendarOf } from '../calendar/make-calendar.ts';
import type { World } from '../ports/world.ts';
import type { RunReport } from '../reports/run-report.ts';
import { verifyStrikes } from '../verify/verify-strikes.ts';
import { claimAnnouncements } from './announce-once.ts';
import { makeReport, noFindings } from './build-report.ts';
import { publish } from './publish-report.ts';
import type { Run } from './start-run.ts';

const hourMs = 60 * 60_000;
/** Longer than the five minutes from one verification to the next, as those are not to the second. */
const windowMs = 6 * 60_000;

/**
 * Verifies earlier strikes and does nothing else: what the light schedule runs. Most runs find nothing new; those are neither
 * recorded nor announced. What cannot be observed is announced once a day, and logged every five minutes; where the ledger cannot
 * say what was announced, about once an hour.
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
    { ...noFindings, recoveries, failures },
    { startedAt, endedAt: world.clock.now() },
  );
  const day = calendarOf(world.config).dayOf(startedAt);
  const unsure = startedAt % hourMs < windowMs;
  const news = await claimAnnouncements(report.failures, { day, unsure }, world);
  if (recoveries.length > 0 || news.old < report.failures.length) {
    return publish(report, { recorder: undefined, news, closings }, world);
  }
  for (const one of report.failures) world.journal.failed(one);
  world.journal.ended(report);
  return report;
}

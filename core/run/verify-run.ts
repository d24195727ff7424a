import { makeCalendar } from '../calendar/make-calendar.ts';
import type { World } from '../ports/world.ts';
import type { RunReport } from '../reports/run-report.ts';
import { verifyStrikes } from '../verify/verify-strikes.ts';
import { claimAnnouncements } from './claim-announcements.ts';
import { makeReport, noFindings } from './make-report.ts';
import { publishReport } from './publish-report.ts';
import type { Run } from './start-run.ts';

const hourMs = 60 * 60_000;
/** Longer than the five minutes between verifications, whose timing is not exact. */
const windowMs = 6 * 60_000;

/**
 * Verifies earlier strikes and does nothing else: the run of the verify schedule. Most runs find nothing new, and are neither
 * recorded nor announced. What cannot be observed is logged every five minutes and announced once a day, or about once an hour
 * if the ledger cannot say what was announced.
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
  const day = makeCalendar(world.config).dayOf(startedAt);
  const unsure = startedAt % hourMs < windowMs;
  const news = await claimAnnouncements(report.failures, { day, unsure }, world);
  if (recoveries.length > 0 || news.old < report.failures.length) {
    return publishReport(report, { recording: undefined, news, closings }, world);
  }
  for (const one of report.failures) world.journal.failed(one);
  world.journal.ended(report);
  return report;
}

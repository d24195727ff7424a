import type { Calendar } from '../calendar/calendar.ts';
import { makeCalendar } from '../calendar/make-calendar.ts';
import { type Leash, resolveLeash } from '../config/resolve-leash.ts';
import { makeDecisionContext } from '../decide/decision-context.ts';
import { checkEntry } from '../gates/check-entry.ts';
import { couldNotBeChecked, uncheckedFailures } from '../guards/shared/unchecked.ts';
import type { ControlRecord } from '../model/control-record.ts';
import type { Failure } from '../model/failure.ts';
import { dailyPlan } from '../plan/daily-plan.ts';
import type { World } from '../ports/world.ts';
import type { RunReport } from '../reports/run-report.ts';
import { type Verified, verifyStrikes } from '../verify/verify-strikes.ts';
import { claimAnnouncements } from './claim-announcements.ts';
import { type Findings, makeReport, noFindings } from './make-report.ts';
import { missingPermissions } from './missing-permissions.ts';
import { publishReport } from './publish-report.ts';
import { type Recorder, startRecording } from './record-decisions.ts';
import type { Run } from './start-run.ts';
import { strikeInRounds } from './strike-in-rounds.ts';
import { strikeMode } from './strike-mode.ts';
import { surveyGroups } from './survey-groups.ts';

/**
 * One run: gates, verify, survey, decide, inspect, claim, begin, strike, settle, record, announce. Never throws because of the
 * world: whatever could not be done is a failure in the report, and everything else continues.
 */
export async function run(run: Run, world: World): Promise<RunReport> {
  const startedAt = world.clock.now();
  const calendar = makeCalendar(world.config);
  const leash = resolveLeash(run.request, world.config, run.trigger);
  world.journal.begun(run, run.slot, 'run');

  const { gates, control, failures } = await checkEntry(run.slot, leash.mode, calendar, world);
  // The recovery of earlier strikes is verified even when gates are closed: it touches nothing.
  const verified = await verifyStrikes(run, world);
  const { recorder, ...found }: SurveyResults =
    control === undefined
      ? noFindings
      : await surveyAndStrike(run, leash, control, verified, calendar, world);

  const findings = {
    ...found,
    recoveries: verified.recoveries,
    failures: [...failures, ...verified.failures, ...found.failures],
  };
  const endedAt = world.clock.now();
  const report = makeReport(run, 'run', leash, gates, findings, { startedAt, endedAt });
  const day = calendar.dayOf(startedAt);
  // A command-line run reports only to its caller.
  const news =
    run.trigger === 'cli'
      ? undefined
      : await claimAnnouncements(report.failures.filter(isLasting), { day, unsure: true }, world);
  return publishReport(report, { recorder, news, closings: verified.closings }, world);
}

/** Whether every slot of a day may find it again: it is announced once a day, and included in each report. */
function isLasting({ stage, code }: Failure): boolean {
  return stage === 'verify' || code === couldNotBeChecked;
}

/** What a survey led to, and the recorder of what its decisions were made from. */
interface SurveyResults extends Omit<Findings, 'recoveries'> {
  readonly recorder?: Recorder;
}

async function surveyAndStrike(
  run: Run,
  leash: Leash,
  control: ControlRecord,
  { open, unreadable }: Pick<Verified, 'open' | 'unreadable'>,
  calendar: Calendar,
  world: World,
): Promise<SurveyResults> {
  const { config, faults, kinds, journal } = world;
  const { slot, request } = run;
  const context = makeDecisionContext({
    ...{ config, calendar, now: world.clock.now(), day: calendar.dayOf(slot.at), open, unreadable },
    ...{ faults, kinds, request, slot, secret: control.secret },
  });
  const observers = dailyPlan(run, control, leash, calendar, world);
  const recorder = startRecording(run, context, world.ledger);
  const { drawn, spares, ...survey } = await surveyGroups(run, context, observers, recorder, world);
  const observed = await Promise.all(observers.map((observer) => observer.surveyed(survey.failures)));
  for (const decision of spares) journal.decided(decision);

  const mode = strikeMode(leash, run, calendar, world);
  const { decisions, strikes, failures } = await strikeInRounds(drawn, context, run, mode, recorder, world);
  const lasting = strikes.filter(({ fault }) => faults.get(fault.name)?.lasts === true);
  const permissions = leash.mode === 'leashed' ? await world.fleet.permissions(lasting, run) : [];
  return {
    ...survey,
    decisions: [...decisions, ...spares],
    strikes,
    permissions,
    failures: [
      ...survey.failures,
      ...observed.flat(),
      ...failures,
      ...uncheckedFailures(decisions),
      ...missingPermissions(permissions),
    ],
    recorder,
  };
}

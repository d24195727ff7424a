import type { Calendar } from '../calendar/calendar.ts';
import { calendarOf } from '../calendar/make-calendar.ts';
import { accountsInScope } from '../config/account-scope.ts';
import { groupFilter } from '../config/group-filter.ts';
import { type Leash, leashOf } from '../config/leash.ts';
import { makeDecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import type { Evaluation } from '../decide/evidence.ts';
import { shuffled } from '../draws/shuffle.ts';
import { askSignals } from '../gates/ask-signals.ts';
import { checkGates } from '../gates/check-gates.ts';
import { couldNotBeChecked, uncheckedFailures } from '../guards/shared/unchecked.ts';
import { skewText } from '../model/clock-skew.ts';
import type { Control } from '../model/control.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { Group } from '../model/group.ts';
import { orFallback } from '../model/partial-result.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import { type Planner, planOf } from '../plan/planner.ts';
import type { World } from '../ports/world.ts';
import type { Recording } from '../reports/recording.ts';
import type { RunReport } from '../reports/run-report.ts';
import { closeAnnounced } from '../verify/close-announced.ts';
import { type Verified, verifyStrikes } from '../verify/verify-strikes.ts';
import { claimAnnouncements } from './announce-once.ts';
import { type Findings, makeReport } from './build-report.ts';
import { dryRun } from './dry-run.ts';
import type { EvaluatedGroup } from './inspect-drawn.ts';
import { recordAndAnnounce } from './publish-report.ts';
import { startRecording } from './record-decisions.ts';
import { strikeInRounds } from './rounds.ts';
import type { Run } from './start-run.ts';

/**
 * One run: gates, verify, survey, decide, claim, strike, record, announce. Does not throw for anything the world does: what
 * could not be done is a failure in the report, and all else goes on.
 */
export async function run(run: Run, world: World): Promise<RunReport> {
  const startedAt = world.clock.now();
  const calendar = calendarOf(world.config);
  const leash = leashOf(run.request, world.config);
  world.journal.begun(run, run.slot, 'run');

  const [control, signals] = await Promise.all([readControl(world), askSignals(world)]);
  const known = 'secret' in control;
  const gates = checkGates(
    {
      config: world.config,
      calendar,
      slot: run.slot,
      now: startedAt,
      skewed: skewText(world.skew),
      stop: known ? control.stop : 'unknown',
      ...signals,
    },
    leash.mode,
  );
  // Earlier strikes are looked after whatever the gates say: it touches nothing.
  const verified = await verifyStrikes(run, world);
  const found =
    known && !gates.closed
      ? await surveyAndStrike(run, leash, control, verified, calendar, world)
      : { ...nothing, failures: known ? [] : [control] };
  const ofControl = known ? unreadableFailures('control', control.unreadable) : [];

  const findings = {
    ...found,
    recoveries: verified.recoveries,
    failures: [...ofControl, ...verified.failures, ...found.failures],
  };
  const report = makeReport(run, 'run', leash, gates, findings, {
    startedAt,
    endedAt: world.clock.now(),
  });
  // The command line tells nobody but who asked.
  const news =
    run.trigger === 'cli'
      ? undefined
      : await claimAnnouncements(
          report.failures.filter(isLasting),
          { day: calendar.dayOf(startedAt), unsure: true },
          world,
        );
  const complete = await recordAndAnnounce(report, found.recording, world, news?.old);
  await (complete.failures.some(({ stage }) => stage === 'announce') ? news?.forget() : news?.keep());
  await closeAnnounced(verified.closings, complete, world);
  return complete;
}

/** What every slot of a day may find again: people hear of it once, and the report has it each time. */
function isLasting({ stage, code }: Failure): boolean {
  return stage === 'verify' || code === couldNotBeChecked;
}

/** What a survey led to, and what its decisions were made from. */
interface Surveyed extends Omit<Findings, 'recoveries'> {
  readonly recording?: Recording;
}

async function surveyAndStrike(
  run: Run,
  leash: Leash,
  { secret, planAnnounced }: Control,
  { open, unreadable }: Pick<Verified, 'open' | 'unreadable'>,
  calendar: Calendar,
  world: World,
): Promise<Surveyed> {
  const { request, slot } = run;
  const { config, faults, guards } = world;
  const now = world.clock.now();
  const context = makeDecisionContext({
    ...{ config, calendar, now, day: calendar.dayOf(slot.at), open, unreadable },
    ...{ faults, guards, request, slot, secret },
  });
  const hasTime = () => world.clock.now() < run.surveyBy;
  const planner =
    planAnnounced !== context.day && isPlanned(run, calendar, world)
      ? planOf([context.day], { config, calendar, guards, secret, since: slot.at, hasTime })
      : undefined;

  // Should time run out, it is not always the same accounts that are left out.
  const accounts = shuffled(accountsInScope(request, config.accounts), ({ id }) => id, context.draws.slot);
  const wanted = groupFilter(request.groups);
  const survey = await orFallback(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    world.fleet.survey(accounts, run, (group) => {
      if (!wanted.takes(group)) return [];
      planner?.see(group);
      return [surveyed(group, evaluate(group, {}, context))];
    }),
  );
  const decided = survey.value.seen.flat();
  // People hear of a day's strikes before the first of them.
  const plan = { now, mode: leash.mode, failures: survey.failures };
  const untold = await announcePlan(planner, context.day, plan, world);

  const drawn = decided.filter(({ isDrawn }) => isDrawn);
  const spares = decided.filter(({ isDrawn }) => !isDrawn);
  for (const { decision } of spares) world.journal.decided(decision);
  const recorder = startRecording(run, { config, now, open, unreadable });
  recorder.add(spares);
  const { inspected, struck } =
    leash.mode === 'live'
      ? await strikeInRounds(drawn, context, run, calendar, world)
      : await dryRun(drawn, context, run, world);
  recorder.add(inspected);
  return {
    accounts: accounts.length,
    regionsSurveyed: survey.value.regionsSurveyed,
    groupsNotFound: wanted.notSeen(),
    didYouMean: wanted.meant(),
    decisions: [...struck.decisions, ...spares.map(({ decision }) => decision)],
    strikes: struck.strikes,
    failures: [...survey.failures, ...untold, ...struck.failures, ...uncheckedFailures(struck.decisions)],
    recording: recorder.recording(),
  };
}

/** As much of a group as is kept: of one that was not drawn its tags, as no guard was asked about the rest. */
function surveyed(
  group: Group,
  { decision, intent, missing }: Evaluation,
): EvaluatedGroup & { readonly isDrawn: boolean } {
  const kept = intent === undefined ? { ...group, arn: undefined, members: [] } : group;
  return { group: kept, evidence: {}, decision, isDrawn: missing !== undefined };
}

/** The plan of a day is told in its first slot; where that was lost, or held back by a gate, in the next. */
function isPlanned({ trigger, slot }: Run, calendar: Calendar, { config }: Pick<World, 'config'>): boolean {
  const slots = calendar.slots(calendar.dayOf(slot.at));
  return config.notifications.dailyPlan && trigger === 'schedule' && slots.includes(slot.at);
}

async function announcePlan(
  planner: Planner | undefined,
  day: string,
  parts: Omit<Parameters<Planner['settled']>[0], 'ledger'>,
  { ledger, announcer }: Pick<World, 'ledger' | 'announcer'>,
): Promise<readonly Failure[]> {
  if (planner === undefined) return [];
  try {
    await announcer.announcePlan(await planner.settled({ ledger, ...parts }));
    // Better told twice than never.
    await ledger.setPlanAnnounced(day);
    return [];
  } catch (error) {
    return [failure('announce', error)];
  }
}

async function readControl({ ledger }: World): Promise<Control | Failure> {
  return ledger.control().catch((error: unknown) => failure('control', error));
}

const nothing: Surveyed = {
  accounts: 0,
  regionsSurveyed: 0,
  groupsNotFound: [],
  decisions: [],
  strikes: [],
  failures: [],
};

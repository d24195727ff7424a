import { makeCalendar } from '../calendar/make-calendar.ts';
import type { ExplainRequest } from '../config/task.ts';
import { type DecisionContext, makeDecisionContext } from '../decide/decision-context.ts';
import { type Draw, drawGroup } from '../decide/draw-group.ts';
import { gone } from '../decide/evaluate.ts';
import { readLedgerState } from '../decide/read-ledger-state.ts';
import { slotReasons } from '../decide/refusals.ts';
import { resolveIntent } from '../decide/resolve-intent.ts';
import { type GroupRate, readRate } from '../draws/read-rate.ts';
import { askSignals } from '../gates/ask-signals.ts';
import { checkGates } from '../gates/check-gates.ts';
import type { GuardContext } from '../guards/guard.ts';
import { budgetText } from '../ledger/budgets.ts';
import { skewText } from '../model/clock-skew.ts';
import type { Failure } from '../model/failure.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { RunContext } from '../model/run-context.ts';
import { type Slot, slotId } from '../model/slot.ts';
import type { StrikeEntry } from '../model/strike.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { World } from '../ports/world.ts';
import type { ExplainedDraw, ExplainedStrike, Explanation } from '../reports/explanation.ts';
import { available, lookUp } from '../util/lookup.ts';
import { findGroup } from './find-group.ts';
import { guardVerdicts } from './guard-verdicts.ts';

const shownStrikes = 5;

/** Throws `InvalidInput` if the name fits no group or several, and whatever the ledger throws. */
export async function explain(
  asked: ExplainRequest,
  run: RunContext & { readonly slot: Slot },
  world: World,
): Promise<Explanation> {
  const { config, faults, kinds, ledger, clock, fleet } = world;
  const [control, signals, open, { group: listed, failures }] = await Promise.all([
    ledger.control(),
    askSignals(world),
    lookUp(ledger.openStrikes()),
    findGroup(asked, run, world),
  ]);
  const calendar = makeCalendar(config);
  const now = clock.now();
  const day = calendar.dayOf(now);
  const slot = findSlot(now, { calendar, day });
  const context = makeDecisionContext({
    ...{ config, calendar, now, day, faults, kinds, slot },
    open: open.ok ? available(open.value.found) : open,
    unreadable: open.ok ? open.value.unreadable : [],
    request: { force: false },
    secret: control.secret,
  });

  const [inspections, strikes] = await Promise.all([
    fleet.inspect([listed], run),
    ledger.recentStrikes(listed.key, shownStrikes),
  ]);
  const inspection = inspections.value.get(listed.key);
  // As runs do, since a search over many accounts takes minutes.
  const group = inspection?.group ?? listed;
  const states = await readLedgerState([group], context, ledger);
  const ledgerState = states.of(group.key);
  const unreadable = [
    ...control.unreadable,
    ...context.unreadable,
    ...states.unreadable,
    ...strikes.unreadable,
  ];
  const rate = readRate(group, config);
  const known: GroupRate = 'badTag' in rate ? { mode: 'probability', probability: 0 } : rate;
  const gates = {
    config,
    calendar,
    slot: run.slot,
    now,
    skewed: skewText(world.skew),
    stop: control.stop,
    ...signals,
  };
  const intent = resolveIntent(group, context);
  const fault = 'fault' in intent ? intent.fault : undefined;
  const reasons = [
    ...(inspection !== undefined && inspection.group === undefined ? [gone] : []),
    ...('refused' in intent ? [intent.refused] : []),
    ...slotReasons(group, ledgerState.record, context),
  ];
  const missed = Map.groupBy(
    [...failures, ...inspections.failures, ...unreadableFailures('inspect', unreadable)],
    (one) => isAbout(one, group),
  );
  return {
    schemaVersion: 2,
    group: group.key,
    at: new Date(now).toISOString(),
    day,
    timeZone: config.schedule.timeZone,
    gates: checkGates(gates, 'live').verdicts,
    leashed: config.leashed,
    rate: 'badTag' in rate ? rate.badTag : rateText(rate),
    draws: 'badTag' in rate ? [] : explainDraws(group, rate, context, control.secret),
    guards: [
      ...reasons.map(({ code, text }) => ({ code, passes: false, saw: text })),
      ...(await guardVerdicts(group, { rate: known, fault }, { ledger: ledgerState, inspection }, context, {
        run,
        fleet,
      })),
    ],
    budgets: usedBudgets(ledgerState),
    strikes: strikes.found.map(explainedStrike),
    failures: (missed.get(true) ?? []).map(failureText),
    elsewhere: (missed.get(false) ?? []).map(failureText),
  };
}

/** The slot of a run that started now: the day's latest slot that has begun, or else its first. */
function findSlot(now: number, { calendar, day }: Pick<GuardContext, 'calendar' | 'day'>): Slot {
  const slots = calendar.slots(day);
  const at = slots.findLast((one) => one <= now) ?? slots[0] ?? now;
  return { id: slotId(at), at };
}

/** A failure without a place may have happened anywhere. */
function isAbout({ account, region, group: key }: Failure, group: Group): boolean {
  if (key !== undefined && key !== group.key) return false;
  return (account ?? group.account) === group.account && (region ?? group.region) === group.region;
}

function failureText({ stage, account, region, message }: Failure): string {
  return `${[stage, account, region].filter((part) => part !== undefined).join(' ')}: ${message}`;
}

/** The draws that today's runs make: one for the day if the rate is in days, else one for each slot. */
function explainDraws(
  group: Group,
  rate: GroupRate,
  context: DecisionContext,
  secret: string,
): readonly ExplainedDraw[] {
  const { calendar, day } = context;
  const slots = calendar.slots(day);
  const drawAt = (at: number): Draw => {
    const slot = { id: slotId(at), at };
    return drawGroup(group.key, rate, makeDecisionContext({ ...context, slot, secret }));
  };
  if (rate.mode === 'probability') {
    return slots.map((at) => {
      const { strikes, reason } = drawAt(at);
      return { slot: slotId(at), strikes, text: reason.text };
    });
  }
  // Every moment has a slot at or after it.
  const { strikes, reason, odds } = drawAt(slots.at(-1) ?? context.now);
  const first = slots.find((at) => odds.due !== undefined && at >= Date.parse(odds.due));
  return [{ slot: first === undefined ? undefined : slotId(first), strikes, text: reason.text }];
}

function usedBudgets({ budgets }: LedgerState): Explanation['budgets'] {
  // If they are unknown, a guard reports that.
  const known = budgets.ok ? budgets.value : [];
  return known.map((budget) => ({ text: budgetText(budget), used: budget.used, max: budget.max }));
}

function rateText(rate: GroupRate): string {
  if (rate.mode === 'probability') return `${Number(rate.probability.toFixed(4))} in each slot`;
  const { meanDays, minDays, probability } = rate;
  return `every ${meanDays} work days on average, at least ${minDays} apart: ${Number(probability.toFixed(4))} in each work day that this leaves`;
}

function explainedStrike({
  at,
  runId,
  target,
  fault,
  state,
  detail,
  recovery,
}: StrikeEntry): ExplainedStrike {
  return {
    at,
    runId,
    target,
    fault: fault.name,
    state,
    detail,
    ...(recovery && { recovery }),
  };
}

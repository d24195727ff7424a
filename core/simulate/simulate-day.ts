import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { drawOf } from '../decide/draw-group.ts';
import { evaluate } from '../decide/evaluate.ts';
import { type Draws, dayDraws, draws } from '../draws/draw.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import { shuffle } from '../draws/shuffle.ts';
import { checkGates } from '../gates/check-gates.ts';
import { minDays } from '../guards/min-days.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import type { FitGroup, Kind } from '../kinds/kind.ts';
import { listBudgets } from '../ledger/budgets.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { type Slot, slotId } from '../model/slot.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { Target } from '../model/target.ts';
import { available } from '../util/lookup.ts';
import type { VirtualLedger } from './virtual-ledger.ts';
import type { WorkDay } from './work-days.ts';

/** The input of a simulated day, other than its calendar. */
export interface Simulated {
  readonly config: Config;
  readonly rate: GroupRate;
  readonly faults: FaultRegistry;
  readonly kinds: readonly Kind[];
  readonly secret: string;
  readonly ledger: VirtualLedger;
}

/** The result of a work day. */
export interface SimulatedDay {
  readonly strikes: readonly SimulatedStrike[];
  /** Why a group was not struck, by its key; the last slot's reason if several slots spared it. */
  readonly spared: ReadonlyMap<string, string>;
}
export interface SimulatedStrike {
  readonly group: string;
  readonly targetId: string;
  /** Epoch ms. */
  readonly slot: number;
  /** The drawn moment, epoch ms; for a chance in each slot, the slot itself. */
  readonly due: number;
}

/** A group that the draw strikes, from a moment on, epoch ms. */
interface Drawn {
  readonly subject: FitGroup;
  readonly due: number;
}

/**
 * A work day with all its slots, decided by the same code as runs. What is the same for every run of a day is evaluated once:
 * the draw, and whether the last strike is too recent. A group with a rate in days is not evaluated again on the day it is
 * struck; one with a chance in each slot is.
 */
export function simulateDay(
  groups: readonly FitGroup[],
  { day, calendar }: WorkDay,
  parts: Simulated,
): SimulatedDay {
  const { config, faults, kinds, secret, ledger } = parts;
  const isDaily = parts.rate.mode === 'mean-days';
  const ofDay = remembering(dayDraws(secret, day));
  const contextAt = (slot: Slot, open: readonly StrikeEntry[]): DecisionContext => ({
    ...{ config, calendar, now: slot.at, day, open: available(open), unreadable: [], faults, kinds },
    request: { force: false },
    slot,
    // With a rate in days, slots need hardly any draws.
    draws: { slot: isDaily ? draws(secret, slot.id) : remembering(draws(secret, slot.id)), day: ofDay },
  });
  const spared = new Map<string, string>();
  const strikes: SimulatedStrike[] = [];
  const struckToday = new Set<string>();

  const slots = calendar.slots(day);
  const last = slots.at(-1);
  // Every moment has a slot at or after it.
  let waiting =
    last === undefined || !isDaily ? [] : drawnOf(groups, contextAt(slotAt(last), []), parts, spared);
  for (const at of slots) {
    if (isDaily && !waiting.some((one) => one.due <= at)) continue;
    const slot = slotAt(at);
    const context = contextAt(slot, ledger.openAt(slot.at));
    const due = isDaily
      ? waiting.filter((one) => one.due <= at)
      : drawnIn(groups, context, parts, (key, code) => {
          if (!struckToday.has(key)) spared.set(key, code);
        });
    if (due.length === 0) continue;
    const closed = closedGate(slot, calendar, config);
    const struck = new Set<Drawn>();
    for (const one of isContended(config) ? shuffle(due, groupOf, context.draws.slot) : due) {
      const { key } = one.subject.group;
      const came = closed ?? strike(one.subject, context, ledger);
      if (typeof came === 'string') {
        if (!struckToday.has(key)) spared.set(key, came);
        continue;
      }
      spared.delete(key);
      struckToday.add(key);
      struck.add(one);
      strikes.push({ group: key, targetId: came.id, slot: at, due: one.due });
    }
    if (struck.size > 0) waiting = waiting.filter((one) => !struck.has(one));
  }
  return { strikes, spared };
}

/** The groups that the day's draws strike and that may be struck that day; the others are spared. */
function drawnOf(
  groups: readonly FitGroup[],
  context: DecisionContext,
  { rate, ledger }: Simulated,
  spared: Map<string, string>,
): readonly Drawn[] {
  return groups.flatMap((subject) => {
    const { group } = subject;
    const { strikes, reason, odds } = drawOf(group.key, rate, context);
    if (!strikes || odds.due === undefined) {
      spared.set(group.key, reason.code);
      return [];
    }
    const about = { group, rate, ...ledgerState(group, ledger) };
    const tooSoon = verdictsOf([minDays], about, context).find(({ passes }) => !passes);
    if (tooSoon !== undefined) {
      spared.set(group.key, tooSoon.code);
      return [];
    }
    return [{ subject, due: Date.parse(odds.due) }];
  });
}

/** The groups that the draws of one slot strike. */
function drawnIn(
  groups: readonly FitGroup[],
  context: DecisionContext,
  { rate }: Simulated,
  spare: (group: string, code: string) => void,
): readonly Drawn[] {
  return groups.flatMap((subject) => {
    const { strikes, reason } = drawOf(subject.group.key, rate, context);
    if (strikes) return [{ subject, due: context.slot.at }];
    spare(subject.group.key, reason.code);
    return [];
  });
}

/** The target that is struck, or the code of the reason why none is. */
function strike(
  { group, ...evidence }: FitGroup,
  context: DecisionContext,
  ledger: VirtualLedger,
): string | Target {
  const { slot, day, config } = context;
  const { decision, order } = evaluate(group, { ledger: ledgerState(group, ledger), ...evidence }, context);
  if (order === undefined) return decision.reason.code;
  const spent = ledger.claim({
    ...order,
    slot: slot.id,
    group: group.key,
    runId: slot.id,
    day,
    at: new Date(slot.at).toISOString(),
    abandonedAfter: slot.at,
    budgets: listBudgets(order.target, order.app, day, config),
  });
  return spent === undefined ? order.target : 'budget-exhausted';
}

/** Budgets are only checked by the claim, which costs no more here than checking first. */
function ledgerState({ key }: Group, ledger: VirtualLedger): LedgerState {
  return { record: available(ledger.record(key)), budgets: available([]) };
}

function slotAt(at: number): Slot {
  return { id: slotId(at), at };
}

/** Undefined if all are open. There is no stop, the clock is right, and no alarm fires. */
function closedGate(slot: Slot, calendar: Calendar, config: Config): string | undefined {
  const none = available([]);
  const seen = { config, calendar, slot, now: slot.at, skewed: undefined, stop: undefined };
  const asked = { alarms: none, closedCalendars: none };
  return checkGates({ ...seen, ...asked }, 'live').verdicts.find(({ open }) => !open)?.gate;
}

/** Whether one group's strike can use up another's budget, in which case the order matters. */
function isContended({ budgets }: Config): boolean {
  return [budgets.perDay, budgets.unverified].some(
    ({ organization, account, region }) => (organization ?? account ?? region) !== undefined,
  );
}

function groupOf({ subject }: Drawn): string {
  return subject.group.key;
}

/** Caches draws, as a simulation spends most of its time on hashes. */
function remembering(made: Draws): Draws {
  const known = new Map<string, number>();
  return {
    ...made,
    number: (purpose, group) => {
      const key = `${purpose} ${group}`;
      const number = known.get(key) ?? made.number(purpose, group);
      known.set(key, number);
      return number;
    },
  };
}

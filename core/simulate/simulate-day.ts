import type { Config } from '../config/config.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { drawGroup } from '../decide/draw-group.ts';
import { evaluate } from '../decide/evaluate.ts';
import { dayDraws, draws } from '../draws/draw.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import { shuffle } from '../draws/shuffle.ts';
import { checkGates } from '../gates/check-gates.ts';
import { checkGuards } from '../guards/check-guards.ts';
import { minDays } from '../guards/min-days.ts';
import type { FitGroup, Kind } from '../kinds/kind.ts';
import { listBudgets } from '../ledger/budgets.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { slotId } from '../model/slot.ts';
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
  const ofDay = dayDraws(secret, day);
  const contextAt = (at: number, open: readonly StrikeEntry[]): DecisionContext => {
    const slot = { id: slotId(at), at };
    return {
      ...{ config, calendar, now: at, day, open: available(open), unreadable: [], faults, kinds, slot },
      request: { force: false },
      draws: { slot: draws(secret, slot.id), day: ofDay },
    };
  };
  const strikes: SimulatedStrike[] = [];
  const struck = new Set<string>();
  const spared = new Map<string, string>();

  const slots = calendar.slots(day);
  const last = slots.at(-1);
  // Every moment has a slot at or after it.
  const drawnToday =
    last === undefined || !isDaily ? [] : drawGroups(groups, contextAt(last, []), parts, spared);
  for (const at of slots) {
    const waiting = drawnToday.filter(({ subject, due }) => due <= at && !struck.has(subject.group.key));
    if (isDaily && waiting.length === 0) continue;
    const context = contextAt(at, ledger.openAt(at));
    const drawn = isDaily ? waiting : drawGroups(groups, context, parts, spared);
    const closed = closedGate(context);
    for (const { subject, due } of shuffle(drawn, ({ subject }) => subject.group.key, context.draws.slot)) {
      const { key } = subject.group;
      const came = closed ?? strike(subject, context, ledger);
      if (typeof came === 'string') {
        spared.set(key, came);
        continue;
      }
      struck.add(key);
      strikes.push({ group: key, targetId: came.id, slot: at, due });
    }
  }
  return { strikes, spared: new Map([...spared].filter(([key]) => !struck.has(key))) };
}

/** The groups that the draws strike, and whose last strike is not too recent; the others are spared. */
function drawGroups(
  groups: readonly FitGroup[],
  context: DecisionContext,
  { rate, ledger }: Simulated,
  spared: Map<string, string>,
): readonly Drawn[] {
  return groups.flatMap((subject) => {
    const { group } = subject;
    const { strikes, reason, odds } = drawGroup(group.key, rate, context);
    const about = { group, rate, ...ledgerState(group, ledger) };
    const code = strikes
      ? checkGuards([minDays], about, context).find(({ passes }) => !passes)?.code
      : reason.code;
    if (code !== undefined) {
      spared.set(group.key, code);
      return [];
    }
    return [{ subject, due: odds.due === undefined ? context.slot.at : Date.parse(odds.due) }];
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

/** Undefined if all are open. There is no stop, the clock is right, and no alarm fires. */
function closedGate({ slot, calendar, config }: DecisionContext): string | undefined {
  const none = available([]);
  const seen = { config, calendar, slot, now: slot.at, skewed: undefined, stop: undefined };
  const asked = { alarms: none, closedCalendars: none };
  return checkGates({ ...seen, ...asked }, 'live').verdicts.find(({ open }) => !open)?.gate;
}

import { appOf } from '../budgets.ts';
import { type Calendar, type Day, NoWorkDay } from '../calendar/calendar.ts';
import { candidatesOf } from '../choose-target.ts';
import { compareText } from '../compare-text.ts';
import type { Config } from '../config.ts';
import { conflictingKeys, momentOf } from '../decide.ts';
import { type Draws, dayDraws, draws } from '../draw.ts';
import { DeadlineReached, failure } from '../errors.ts';
import { faultFor } from '../fault-for.ts';
import type { Group } from '../group.ts';
import { listedInstanceGuards } from '../guards/index.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import { tooLongForLedger } from '../ledger-keys.ts';
import { counted, grouped } from '../message/words.ts';
import type { Ledger, Standing } from '../ports.ts';
import { type GroupRate, rateOf } from '../rate.ts';
import type { Failure } from '../report.ts';
import { slotId } from '../slot-id.ts';
import { unreadableFailures } from '../unreadable.ts';
import type { Plan, PlannedDay, PlannedStrike } from './plan.ts';

/** Gathers the strikes of some days from the groups of a survey, as they come. */
export interface Planner {
  see(group: Group): void;
  /** The plan, now that all have been seen. Rejects where the ledger cannot be read. */
  settled(parts: {
    readonly ledger: Pick<Ledger, 'standings'>;
    readonly now: number;
    readonly mode: Plan['mode'];
    readonly failures: readonly Failure[];
  }): Promise<Plan>;
}

interface Parts {
  readonly config: Config;
  readonly calendar: Calendar;
  readonly secret: string;
  /** Slots before it are over, epoch ms. Left out: the days are planned whole. */
  readonly since?: number;
  /** Whether there is time left to plan another group. */
  readonly hasTime: () => boolean;
}

/** More than anybody reads, and no more than a small memory holds. */
const mostStrikes = 20_000;

/** A strike that the draws alone make, and the day it is counted on. */
interface Drawn extends Omit<PlannedStrike, 'dependsOn'> {
  readonly day: Day;
  readonly rate: GroupRate;
}

/** Plans `days`, ascending: the draws are those that the runs of these days will make. */
export function planOf(days: readonly Day[], parts: Parts): Planner {
  const { calendar, config, secret, since = Number.NEGATIVE_INFINITY, hasTime } = parts;
  const ahead = days.map((day) => {
    const left = calendar.slots(day).filter((at) => at >= since);
    const all = left.map((at) => ({ at, frozen: calendar.freezeAt(at) }));
    const slots = all.flatMap(({ at, frozen }) => {
      if (frozen !== undefined) return [];
      const slot = slotId(at);
      return [{ at, slot, ofSlot: draws(secret, slot) }];
    });
    const frozen = slots.length === 0 ? all[0]?.frozen : undefined;
    const off = calendar.offText(day) ?? (frozen && `frozen: ${frozen.reason}`);
    return { day, off, ofDay: dayDraws(secret, day), slots };
  });
  const drawn: Drawn[] = [];
  const unplanned = { late: 0, tooMany: 0 };

  const strikesOn = (
    group: Group,
    rate: GroupRate,
    eligible: readonly string[],
    { day, ofDay, slots }: (typeof ahead)[number],
  ) => {
    const strikeOf = (strike: Pick<Drawn, 'slot' | 'due'>, ofRate: Draws): readonly Drawn[] => {
      const fault = faultFor(group, config, undefined, ofRate);
      if (!('name' in fault)) return [];
      const instanceId = ofRate.oneOf('instance', group.key, eligible);
      return [{ ...strike, day, rate, group: group.key, fault: fault.name, instanceId }];
    };
    const isFree = ({ at }: { readonly at: number }) => calendar.freezeOf(group, at) === undefined;
    if (rate.mode === 'probability') {
      return slots
        .filter(({ ofSlot }) => ofSlot.number('strike', group.key) < rate.probability)
        .filter(isFree)
        .flatMap(({ slot, ofSlot }) => strikeOf({ slot, due: undefined }, ofSlot));
    }
    if (ofDay.number('strike', group.key) >= rate.probability) return [];
    const moment = momentOf(group.key, day, ofDay, { calendar });
    const first = slots.find((slot) => slot.at >= moment && isFree(slot));
    if (first === undefined) return [];
    const due = new Date(moment).toISOString();
    return strikeOf({ slot: first.slot, due }, ofDay);
  };

  return {
    see: (group) => {
      const rate = rateOf(group, config);
      // Runs spare it and say why.
      if ('badTag' in rate || rate.probability === 0 || conflictingKeys(group, config).length > 0) return;
      if (tooLongForLedger(group.key, appOf(group, config)) !== undefined) return;
      if (drawn.length >= mostStrikes) unplanned.tooMany += 1;
      else if (!hasTime()) unplanned.late += 1;
      else {
        const eligible = eligibleIn(group, config, calendar);
        for (const day of ahead)
          if (day.off === undefined) drawn.push(...strikesOn(group, rate, eligible, day));
      }
    },
    settled: async ({ ledger, now, mode, failures }) => {
      const byGroup = Map.groupBy(drawn, ({ group }) => group);
      const standings = await ledger.standings([...byGroup.keys()]);
      const planned = [...byGroup].flatMap(([key, strikes]) =>
        settle(strikes, standings.found.get(key), calendar),
      );
      return {
        schemaVersion: 1,
        madeAt: new Date(now).toISOString(),
        mode,
        from: days.at(0) ?? '',
        to: days.at(-1) ?? '',
        timeZone: config.schedule.timeZone,
        days: ahead.map(
          ({ day, off }): PlannedDay => ({
            day,
            off,
            strikes: planned
              .filter((strike) => strike.day === day)
              .sort(
                (a, b) =>
                  compareText(a.strike.slot, b.strike.slot) || compareText(a.strike.group, b.strike.group),
              )
              .map(({ strike }) => strike),
          }),
        ),
        failures: [
          ...failures,
          ...unreadableFailures('inspect', standings.unreadable),
          ...notPlanned(unplanned),
        ],
      };
    },
  };
}

/** Ids of the members that no guard spares as they are listed: of those a run chooses, unless it learns more of them. */
function eligibleIn(group: Group, config: Config, calendar: Calendar): readonly string[] {
  // What these guards say depends on neither.
  const context = { config, calendar, now: 0, day: '', open: { known: [] }, unreadable: [] };
  return candidatesOf(group, [], new Map())
    .filter((one) => verdictsOf(listedInstanceGuards, one, context).every(({ passes }) => passes))
    .map(({ member }) => member.instanceId);
}

function notPlanned({
  late,
  tooMany,
}: {
  readonly late: number;
  readonly tooMany: number;
}): readonly Failure[] {
  return [
    ...(late === 0
      ? []
      : [failure('survey', new DeadlineReached(`plan the strikes of ${counted(late, 'group')}`))]),
    ...(tooMany === 0
      ? []
      : [
          failure(
            'survey',
            new PlanTooLong(
              `it has ${grouped(mostStrikes)} strikes: those of ${counted(tooMany, 'more group')} are left out; ask for fewer days`,
            ),
          ),
        ]),
  ];
}

class PlanTooLong extends Error {
  override readonly name = 'PlanTooLong';
}

/** What history excludes is left out; what it may yet exclude says so. */
function settle(
  strikes: readonly Drawn[],
  standing: Standing | undefined,
  calendar: Calendar,
): readonly { readonly day: Day; readonly strike: PlannedStrike }[] {
  const listed: Drawn[] = [];
  return strikes.flatMap((one) => {
    const { day, rate, ...strike } = one;
    const tooSoonAfter = (other: Day) =>
      rate.mode === 'mean-days' && isTooSoon(day, other, rate.minDays, calendar);
    const { last, veto, leash } = standing ?? {};
    if (last !== undefined && last.slot !== strike.slot && last.day <= day && tooSoonAfter(last.day))
      return [];
    const earlier = listed.filter((other) => other.day < day && tooSoonAfter(other.day));
    listed.push(one);
    const dependsOn = [
      ...earlier.map((other) => `only if it is not struck on ${other.day}`),
      ...(veto !== undefined && !(Date.parse(veto.until) <= Date.parse(strike.slot))
        ? [`only if its veto until ${veto.until} is lifted`]
        : []),
      ...(leash === undefined ? [] : ['only if its leash is lifted']),
      ...(standing === undefined ? ['only if what is on record about it can be read by then'] : []),
    ];
    return [{ day, strike: { ...strike, dependsOn } }];
  });
}

/** Whether a day is fewer work days after another than `minDays`. */
function isTooSoon(day: Day, other: Day, minDays: number, calendar: Calendar): boolean {
  try {
    return day < calendar.workDayAfter(other, minDays);
  } catch (error) {
    // The first day that is late enough is too far off to be known: so no day that is planned is.
    if (error instanceof NoWorkDay) return true;
    throw error;
  }
}

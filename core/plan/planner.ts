import type { Calendar, Day } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import { drawMoment } from '../decide/draw-group.ts';
import { listConflictingKeys } from '../decide/resolve-intent.ts';
import { type Draws, dayDraws, draws } from '../draws/draw.ts';
import { pickFault } from '../draws/pick-fault.ts';
import { type GroupRate, readRate } from '../draws/read-rate.ts';
import { checkGuards } from '../guards/check-guards.ts';
import { selectGuards } from '../guards/guard.ts';
import { findKind, type Kind } from '../kinds/kind.ts';
import { readApp } from '../ledger/budgets.ts';
import { findKeyTooLong } from '../ledger/find-key-too-long.ts';
import { DeadlineReached, type Failure, failure } from '../model/failure.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import { slotId } from '../model/slot.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Plan, PlannedDay } from '../reports/plan.ts';
import { compareStrings } from '../util/compare-strings.ts';
import { counted, grouped } from '../util/format.ts';
import { available } from '../util/lookup.ts';
import { applyRecord, type Drawn, type SlotAhead } from './apply-record.ts';
import { tallyLeftOut } from './tally-left-out.ts';

/** Collects planned strikes from the groups of a survey, as they arrive. */
export interface Planner {
  see(group: Group): void;
  /** Called after all groups have been seen. Rejects if the ledger cannot be read. */
  finish(parts: {
    readonly ledger: Pick<Ledger, 'groupRecords'>;
    readonly now: number;
    readonly mode: Plan['mode'];
    readonly failures: readonly Failure[];
  }): Promise<Plan>;
}

interface Parts {
  readonly config: Config;
  readonly calendar: Calendar;
  readonly faults: FaultRegistry;
  readonly kinds: readonly Kind[];
  readonly secret: string;
  /** Slots before this are over, epoch ms. Default: whole days are planned. */
  readonly since?: number;
  /** Whether there is time left to plan another group. */
  readonly hasTime: () => boolean;
}

/** More than anybody reads, and few enough for little memory. */
const mostStrikes = 20_000;

/** Plans `days`, ascending: the draws are those that the runs of these days will make. */
export function makePlanner(days: readonly Day[], parts: Parts): Planner {
  const { calendar, config, faults, kinds, secret, since = Number.NEGATIVE_INFINITY, hasTime } = parts;
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

  // What the other guards check may have changed by the time of a slot to come.
  const certain = new Map(
    kinds.map((kind) => [
      kind,
      selectGuards(kind.guards, 'listing').filter(({ isForeseeable }) => isForeseeable),
    ]),
  );
  const leftOut = tallyLeftOut();
  const sparedIn = (group: Group, { at }: SlotAhead, day: Day): string | undefined => {
    const context = { config, calendar, now: at, day, open: available([]), unreadable: [] };
    const guards = certain.get(findKind(kinds, group)) ?? [];
    return checkGuards(guards, { group }, context).find(({ passes }) => !passes)?.code;
  };

  const strikesOn = (
    group: Group,
    rate: GroupRate,
    eligible: readonly string[],
    { day, ofDay, slots }: (typeof ahead)[number],
  ): readonly Drawn[] => {
    /** The strike in the first of these slots in which nothing spares the group. */
    const strikeIn = (
      drawn: readonly SlotAhead[],
      due: string | undefined,
      ofRate: Draws,
    ): readonly Drawn[] => {
      if (drawn.length === 0) return [];
      const { kind } = findKind(kinds, group);
      const fault = pickFault(group, { config, faults, kind }, undefined, ofRate);
      const codes = drawn.map((slot) => sparedIn(group, slot, day));
      const refused = 'name' in fault ? undefined : 'badTag' in fault ? 'bad-tag' : 'fault-not-allowed';
      const free = drawn.filter((_, index) => codes[index] === undefined);
      if (!('name' in fault) || free.length === 0) {
        leftOut.add(group.key, refused ?? codes[0] ?? '', 1);
        return [];
      }
      const targetId = ofRate.oneOf('target', group.key, eligible);
      return [{ slots: free, due, day, rate, group: group.key, fault: fault.name, targetId }];
    };
    if (rate.mode === 'probability') {
      return slots
        .filter(({ ofSlot }) => ofSlot.number('strike', group.key) < rate.probability)
        .flatMap((one) => strikeIn([one], undefined, one.ofSlot));
    }
    if (ofDay.number('strike', group.key) >= rate.probability) return [];
    const moment = drawMoment(group.key, day, ofDay, { calendar });
    return strikeIn(
      slots.filter(({ at }) => at >= moment),
      new Date(moment).toISOString(),
      ofDay,
    );
  };

  return {
    see: (group) => {
      const rate = readRate(group, config);
      const isBad = 'badTag' in rate || listConflictingKeys(group, config).length > 0;
      const isTooLong = findKeyTooLong(group.key, readApp(group, config)) !== undefined;
      if (isBad || rate.probability === 0) leftOut.add(group.key, isBad ? 'bad-tag' : 'probability-zero', 0);
      else if (isTooLong) leftOut.add(group.key, 'key-too-long', 0);
      else if (drawn.length >= mostStrikes) unplanned.tooMany += 1;
      else if (!hasTime()) unplanned.late += 1;
      else {
        const eligible = eligibleIn(group, parts);
        for (const day of ahead)
          if (day.off === undefined) drawn.push(...strikesOn(group, rate, eligible, day));
      }
    },
    finish: async ({ ledger, now, mode, failures }) => {
      const byGroup = Map.groupBy(drawn, ({ group }) => group);
      const groupRecords = await ledger.groupRecords([...byGroup.keys()]);
      const planned = [...byGroup].flatMap(([key, strikes]) =>
        applyRecord(strikes, groupRecords.found.get(key), { config, calendar, leftOut }),
      );
      return {
        schemaVersion: 2,
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
                  compareStrings(a.strike.slot, b.strike.slot) ||
                  compareStrings(a.strike.group, b.strike.group),
              )
              .map(({ strike }) => strike),
          }),
        ),
        leftOut: leftOut.found(),
        failures: [
          ...failures,
          ...unreadableFailures('inspect', groupRecords.unreadable),
          ...notPlanned(unplanned),
        ],
      };
    },
  };
}

/** The ids of the candidates that no guard spares as listed: a run chooses one of these, unless it learns more about them. */
function eligibleIn(group: Group, { kinds, config, calendar }: Parts): readonly string[] {
  // The verdicts of these guards depend on neither.
  const context = { config, calendar, now: 0, day: '', open: available([]), unreadable: [] };
  const kind = findKind(kinds, group);
  const guards = selectGuards(kind.guards, 'candidate');
  return kind
    .candidates(group)
    .filter(({ evidence }) => checkGuards(guards, evidence, context).every(({ passes }) => passes))
    .map(({ id }) => id);
}

function notPlanned(unplanned: { readonly late: number; readonly tooMany: number }): readonly Failure[] {
  const [late, more] = [counted(unplanned.late, 'group'), counted(unplanned.tooMany, 'more group')];
  const tooLong = `it has ${grouped(mostStrikes)} strikes: those of ${more} are left out; ask for fewer days`;
  return [
    ...(unplanned.late > 0 ? [new DeadlineReached(`plan the strikes of ${late}`)] : []),
    ...(unplanned.tooMany > 0 ? [new PlanTooLong(tooLong)] : []),
  ].map((error) => failure('survey', error));
}

class PlanTooLong extends Error {
  override readonly name = 'PlanTooLong';
}

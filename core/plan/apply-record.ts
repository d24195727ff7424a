import { type Calendar, type Day, NoWorkDay } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import { cooldown } from '../guards/cooldown.ts';
import { leashedGroup } from '../guards/leashed-group.ts';
import { minDays } from '../guards/min-days.ts';
import { vetoed } from '../guards/vetoed.ts';
import type { GroupRecord } from '../model/group-record.ts';
import { vetoHolds } from '../model/held-groups.ts';
import type { PlannedStrike } from '../reports/plan.ts';
import type { LeftOutTally } from './tally-left-out.ts';

/** A slot to come. */
export interface SlotAhead {
  /** Epoch ms. */
  readonly at: number;
  readonly slot: string;
}

/** A strike that was drawn, and the day on which it counts. */
export interface Drawn extends Omit<PlannedStrike, 'dependsOn' | 'slot'> {
  readonly day: Day;
  readonly rate: GroupRate;
  /** At least one. The strike happens in the first of these in which nothing spares the group. */
  readonly slots: readonly SlotAhead[];
}

export interface PlannedOn {
  readonly day: Day;
  readonly strike: PlannedStrike;
}

/** Removes the drawn strikes that a group's record is certain to spare. The others say what else may still spare them. */
export function applyRecord(
  strikes: readonly Drawn[],
  record: GroupRecord | undefined,
  {
    config,
    calendar,
    leftOut,
  }: { readonly config: Config; readonly calendar: Calendar; readonly leftOut: LeftOutTally },
): readonly PlannedOn[] {
  const listed: Drawn[] = [];
  const spared: string[] = [];
  const settled = strikes.flatMap((one): readonly PlannedOn[] => {
    const { day, rate, slots, ...strike } = one;
    const tooSoonAfter = (other: Day) =>
      rate.mode === 'mean-days' && isTooSoon(day, other, rate.minDays, calendar);
    const codes = slots.map((slot) => sparedIn(slot, day, record, tooSoonAfter, config));
    // A strike on record is the planned one, already made.
    const made = slots.findIndex(({ slot }) => slot === record?.last?.slot);
    const chosen = slots[made === -1 ? codes.indexOf(undefined) : made];
    if (chosen === undefined) {
      spared.push(codes[0] ?? '');
      return [];
    }
    const earlier = listed.filter((other) => other.day < day && tooSoonAfter(other.day));
    listed.push(one);
    const dependsOn = [
      ...earlier.map((other) => `only if it is not struck on ${other.day}`),
      ...(record === undefined ? ['only if its record in the ledger can be read by then'] : []),
    ];
    return [{ day, strike: { ...strike, slot: chosen.slot, dependsOn } }];
  });
  for (const code of spared.toSorted()) leftOut.add(strikes[0]?.group ?? '', code, 1);
  return settled;
}

/** The code of the guard that is certain to spare the group in a slot, by its present record. */
function sparedIn(
  { at }: SlotAhead,
  day: Day,
  { veto, leash, last }: Partial<GroupRecord> = {},
  tooSoonAfter: (other: Day) => boolean,
  { guards }: Config,
): string | undefined {
  if (veto !== undefined && vetoHolds(veto, at)) return vetoed.code;
  if (leash !== undefined) return leashedGroup.code;
  if (last === undefined) return undefined;
  if (last.day <= day && tooSoonAfter(last.day)) return minDays.code;
  const ago = at - Date.parse(last.at);
  return ago >= 0 && ago < guards.cooldownMinutes * 60_000 ? cooldown.code : undefined;
}

/** Whether a day is fewer than `minimum` work days after another. */
function isTooSoon(day: Day, other: Day, minimum: number, calendar: Calendar): boolean {
  try {
    return day < calendar.workDayAfter(other, minimum);
  } catch (error) {
    // The first day that is late enough is too far away to be known, so every planned day is too soon.
    if (error instanceof NoWorkDay) return true;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import type { Day } from '../calendar/calendar.ts';
import { makeCalendar } from '../calendar/make-calendar.ts';
import { slotMinutes } from '../calendar/schedule.ts';
import type { Config } from '../config/config.ts';
import { draws } from '../draws/draw.ts';
import { type GroupRate, readRate } from '../draws/read-rate.ts';
import type { FitGroup, Kind } from '../kinds/kind.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { slotId } from '../model/slot.ts';
import { InvalidInput } from '../util/parse.ts';
import { countOutcomes } from './count-outcomes.ts';
import { simulateDay } from './simulate-day.ts';
import { simulatedFleet } from './simulated-fleet.ts';
import { type Counts, count, describeGaps } from './statistics.ts';
import { type VirtualLedger, virtualLedger } from './virtual-ledger.ts';
import { workDaysBefore, workDaysFrom } from './work-days.ts';

/** What to simulate. */
export interface SimulationParts {
  /** Schedule, calendar, budgets and cooldown are taken from it. */
  readonly config: Config;
  /** As a configuration has it, valid. */
  readonly rate: Config['rate'];
  readonly faults: FaultRegistry;
  readonly kinds: readonly Kind[];
  readonly groups: number;
  /** Work days. */
  readonly days: number;
  readonly from: Day;
  /** The same seed gives the same result. */
  readonly seed: string;
  /** Called after each work day with how many are done, including the extra days on which open gaps are followed. */
  readonly onDay?: (done: number) => void;
}

/**
 * Simulates many work days of groups that are always healthy, with the same code as runs. It starts in a steady state: as many
 * groups were struck one day ago, two days ago... as in any long history. Each gap that begins in the simulated days is
 * followed to its end, on extra days that count for nothing else: leaving out open gaps would leave out the long ones. A gap
 * depends on nothing before it, so the mean of these is the mean of gaps, however few the days. Throws `InvalidInput` if the
 * calendar does not know that many work days.
 */
export function simulate(parts: SimulationParts) {
  const { groups, days, from, seed, faults, kinds, onDay } = parts;
  const config = undisturbed(parts);
  mustKnow(days, from, config);
  const fleet = simulatedFleet(config, { kinds, faults }, groups);
  const rate = readFleetRate(fleet, config);
  const ledger = virtualLedger();
  const secret = createHash('sha256').update(`simulation ${seed}`).digest('hex');
  strikeBefore(from, fleet, rate, { config, ledger, secret });

  const isDaily = rate.mode === 'mean-days';
  const gaps: Counts<number> = new Map();
  const outcomes = countOutcomes(config.schedule.timeZone);
  /** The last strike of each group: its day, or its slot, counted from 0. */
  const begun = new Map<string, number>();
  const longest = days + followedFor(days, rate, config);
  let index = 0;
  let slotsBefore = 0;
  let open: readonly FitGroup[] = fleet;
  for (const workDay of workDaysFrom(from, config)) {
    if (index >= days) open = open.filter(({ group }) => begun.has(group.key));
    if (open.length === 0 || index >= longest) break;
    const slots = workDay.calendar.slots(workDay.day);
    const day = simulateDay(open, workDay, { config, rate, faults, kinds, secret, ledger });
    for (const { group, slot } of day.strikes) {
      const at = isDaily ? index : slotsBefore + slots.indexOf(slot);
      const before = begun.get(group);
      if (before !== undefined) count(gaps, at - before);
      if (index < days) begun.set(group, at);
      else begun.delete(group);
    }
    if (index < days) outcomes.add(workDay.day, groups, day);
    index += 1;
    slotsBefore += slots.length;
    onDay?.(index);
  }
  const requested = isDaily ? rate.meanDays : 1 / rate.probability;
  return {
    schemaVersion: 1,
    /** The rate: in work days, or a chance in each slot; the other one is null. */
    meanDays: isDaily ? rate.meanDays : null,
    minDays: isDaily ? rate.minDays : null,
    probability: isDaily ? null : rate.probability,
    seed,
    groups,
    workDays: days,
    groupDays: days * groups,
    gap: {
      /** A group with a chance in each slot may be struck several times a day. */
      unit: isDaily ? 'work day' : 'slot',
      ...describeGaps(gaps, requested),
      /** Gaps that did not end: they are not in the mean, which is too small if there are many. */
      unfinished: begun.size,
    },
    ...outcomes.found(),
  };
}

/** The result of a simulation, as `simulate --json` prints it. */
export type Simulation = Readonly<ReturnType<typeof simulate>>;

/** The configuration with the requested rate, without guards and gates that only real fleets and alarms can pass. */
function undisturbed({ config, rate }: Pick<SimulationParts, 'config' | 'rate'>): Config {
  return {
    ...config,
    rate,
    guards: { ...config.guards, minHealthy: 1 },
    gates: { alarms: { organization: [], account: [] }, changeCalendars: [], fisSafetyLever: false },
  };
}

/** Holidays are only known for some years. Without them, work days never run out. */
function mustKnow(days: number, from: Day, config: Config): void {
  const { holidays, holidayDates } = config.calendar;
  if (holidays.length === 0) return;
  const known = [...workDaysFrom(from, config)].length;
  if (days <= known) return;
  const expected = `expected at most ${known}: holidays are known until ${holidayDates?.through}; take more groups`;
  throw new InvalidInput('simulation', [{ path: 'days', expected, found: String(days) }]);
}

/** The rate, which all groups share. */
function readFleetRate([first]: readonly FitGroup[], config: Config): GroupRate {
  const rate = first && readRate(first.group, config);
  if (rate === undefined || 'badTag' in rate) throw new RangeError('expected at least one group');
  return rate;
}

/**
 * The steady state: for each k below the minimum gap, the last strike was k days ago with probability 1/mean; otherwise it was
 * earlier, and it no longer matters when. A chance in each slot has no memory.
 */
function strikeBefore(
  from: Day,
  fleet: readonly FitGroup[],
  rate: GroupRate,
  {
    config,
    ledger,
    secret,
  }: { readonly config: Config; readonly ledger: VirtualLedger; readonly secret: string },
): void {
  if (rate.mode !== 'mean-days') return;
  const { meanDays, minDays } = rate;
  const calendar = makeCalendar(config);
  const before = workDaysBefore(from, minDays - 1, calendar);
  const { number } = draws(secret, 'before');
  for (const { group } of fleet) {
    const day = before[Math.floor(number('last', group.key) * meanDays)];
    const [slot] = day === undefined ? [] : calendar.slots(day);
    if (day === undefined || slot === undefined) continue;
    ledger.remember(group.key, { slot: slotId(slot), day, at: new Date(slot).toISOString() });
  }
}

/**
 * How long gaps that are open at the end are followed: as long again as was simulated, in case budgets cause long ones; and
 * long enough that by the rate alone, one gap in 10^17 is longer.
 */
function followedFor(days: number, rate: GroupRate, { schedule }: Pick<Config, 'schedule'>): number {
  if (rate.probability === 0) return 0;
  const draws = Math.ceil(40 / rate.probability);
  return rate.mode === 'mean-days'
    ? days + rate.minDays + draws
    : days + Math.ceil(draws / slotMinutes(schedule).length);
}

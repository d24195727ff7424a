import type { Weekday } from '../calendar/schedule.ts';

/** The result of a simulation of many work days. */
export interface Simulation {
  readonly schemaVersion: 1;
  /** The rate: in work days, or a chance in each slot; the other one is null. */
  readonly meanDays: number | null;
  readonly minDays: number | null;
  readonly probability: number | null;
  readonly seed: string;
  readonly groups: number;
  /** The first and the last of them, in the schedule's zone. */
  readonly from: string;
  readonly to: string;
  readonly workDays: number;
  readonly groupDays: number;
  readonly strikes: number;
  readonly gap: GapStatistics;
  readonly strikesADay: {
    readonly mean: number;
    readonly median: number;
    /** On 19 of 20 days, there are at most this many. */
    readonly nineteenOfTwenty: number;
    readonly max: number;
    /** The number of days for each number of strikes, ascending. */
    readonly days: readonly { readonly strikes: number; readonly days: number }[];
  };
  readonly byWeekday: readonly {
    readonly weekday: Weekday;
    readonly strikes: number;
    readonly groupDays: number;
  }[];
  /** By the local hour of the slot: 10 is 10:00 to 10:59. */
  readonly byHour: readonly { readonly hour: number; readonly strikes: number }[];
  /** Group-days without a strike, by reason; the last slot's reason if several slots spared a group. */
  readonly spared: Readonly<Record<string, number>>;
}

/** Gaps from one strike of a group to its next. */
export interface GapStatistics {
  /** Work days for a rate in days, else slots: a group may be struck several times a day. */
  readonly unit: 'work day' | 'slot';
  /** Gaps that began in the simulated days; each was followed to its end. */
  readonly count: number;
  /** Null without a gap. */
  readonly mean: number | null;
  /** Bounds of the mean, with 95 % confidence; null with fewer than two gaps. */
  readonly low: number | null;
  readonly high: number | null;
  readonly shortest: number | null;
  readonly longest: number | null;
  /** The mean's deviation from the requested one, in percent. */
  readonly deviationPercent: number | null;
  /** Gaps that did not end: they are not in the mean, which is too small if there are many. */
  readonly unfinished: number;
}

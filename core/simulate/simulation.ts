import type { Weekday } from '../calendar/schedule.ts';

/** What a simulation of many work days came to. */
export interface Simulation {
  readonly schemaVersion: 1;
  /** The rate: in work days, or a chance in each slot. The other is null. */
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
    /** At most so many on 19 of 20 days. */
    readonly nineteenOfTwenty: number;
    readonly max: number;
    /** How many days had so many strikes, ascending. */
    readonly days: readonly { readonly strikes: number; readonly days: number }[];
  };
  readonly byWeekday: readonly {
    readonly weekday: Weekday;
    readonly strikes: number;
    readonly groupDays: number;
  }[];
  /** By the hour that clocks show in the slot that struck: 10 is 10:00 to 10:59. */
  readonly byHour: readonly { readonly hour: number; readonly strikes: number }[];
  /** Group-days without a strike, by reason: of a day on which several slots spared a group, what the last one said. */
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
  /** Of the mean from the one asked for, in percent. */
  readonly deviationPercent: number | null;
  /** Gaps whose end was not come upon: they are not in the mean, which is too small if there are many. */
  readonly unfinished: number;
}

/** A calendar day in the schedule's zone: `2026-11-23`. */
export type Day = string;

/**
 * When strikes may happen: the schedule's hours and work days, holidays, days off and freezes. Days are in the schedule's zone,
 * moments are epoch ms. Answers are cached: asking again for every group costs nothing.
 */
export interface Calendar {
  dayOf(moment: number): Day;
  /** Why a day is not a work day, in a few words: `Saturday`, `holiday: Christmas Day`; undefined for a work day. */
  offText(day: Day): string | undefined;
  /**
   * The work day that comes `count` work days after `day`, which need not be one itself; `count` is 1 or more. Throws
   * `NoWorkDay` if that is after the last day whose holidays are known, or more than ten years away, too late to matter.
   */
  workDayAfter(day: Day, count: number): Day;
  /** The calendar days from `from` to `to`, both included. */
  days(from: Day, to: Day): readonly Day[];
  /** The day `count` calendar days later. */
  plusDays(day: Day, count: number): Day;
  /**
   * The hours of a day as moments: the first, and the first after. On a day when clocks change, each is the moment when clocks
   * first show that time; for a time that clocks skip, it is the moment of the change.
   */
  window(day: Day): { readonly opens: number; readonly closes: number };
  /** The moments of a day's slots, ascending, when EventBridge Scheduler fires; empty on a day off. */
  slots(day: Day): readonly number[];
  /**
   * Maps a fraction in [0, 1) uniformly to a moment between the window's opening and the day's last slot: there is always a
   * slot at or after it. Throws `NoWorkDay` for a day off.
   */
  momentAt(day: Day, fraction: number): number;
  /** Whether a moment is in the window of a work day. */
  isOpen(moment: number): boolean;
  /** The organization-wide freeze at a moment; if there are several, the one that lasts longest. */
  freezeAt(moment: number): Freeze | undefined;
  /** The freeze of a group at a moment, by its account or its name; organization-wide freezes are not considered. */
  freezeOf(
    group: { readonly account: string; readonly key: string; readonly name: string },
    moment: number,
  ): Freeze | undefined;
}
export interface Freeze {
  readonly reason: string;
  /** Epoch ms, exclusive. */
  readonly until: number;
}

/** There is no such work day, or it is unknown which day it is. */
export class NoWorkDay extends Error {
  override readonly name = 'NoWorkDay';
}

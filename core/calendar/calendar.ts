/** A calendar day in the schedule's zone: `2026-11-23`. */
export type Day = string;

/**
 * When strikes may happen: the schedule's hours and work days, holidays, days off and freezes. Days are taken in the
 * schedule's zone; moments are epoch ms. Answers are remembered, so that asking for every group costs nothing.
 */
export interface Calendar {
  dayOf(moment: number): Day;
  /** Why a day is no work day, in a few words: `Saturday`, `holiday: Christmas Day`; undefined for a work day. */
  offText(day: Day): string | undefined;
  /**
   * The work day that comes `count` work days after `day`, which need not be one itself; `count` is 1 or more. Throws
   * `NoWorkDay` where it would come after the last day of which holidays are known, or later than ten years: too late for
   * any day on which that could be asked to matter.
   */
  workDayAfter(day: Day, count: number): Day;
  /** The calendar days from `from` to `to`, both included. */
  days(from: Day, to: Day): readonly Day[];
  /** The day `count` calendar days later. */
  plusDays(day: Day, count: number): Day;
  /**
   * The hours of a day as moments: first, and first after. On a day when clocks change they are what clocks first show, and
   * an edge that clocks skip is the moment of the change.
   */
  window(day: Day): { readonly opens: number; readonly closes: number };
  /** The moments of a day's slots, ascending, as EventBridge Scheduler makes them; empty on a day that is no work day. */
  slots(day: Day): readonly number[];
  /**
   * The moment that a fraction in [0, 1) falls on, uniform from the window's opening to the day's last slot, so that there is
   * always a slot at or after it. Throws `NoWorkDay` for a day that is none.
   */
  momentAt(day: Day, fraction: number): number;
  /** Whether a moment is in the hours of a work day. */
  isOpen(moment: number): boolean;
  /** The freeze of the whole organization at a moment; of several, the one that lasts longest. */
  freezeAt(moment: number): Freeze | undefined;
  /** The freeze of a group at a moment, by its account or its name; the organization's is not asked. */
  freezeOf(
    group: { readonly account: string; readonly key: string; readonly name: string },
    moment: number,
  ): Freeze | undefined;
}
export interface Freeze {
  readonly reason: string;
  /** Epoch ms: it holds before that moment. */
  readonly until: number;
}

/** A work day was asked for where there is none, or where it is not known which it is. */
export class NoWorkDay extends Error {
  override readonly name = 'NoWorkDay';
}

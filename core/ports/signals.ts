import type { Alarm } from '../model/group.ts';

/** External signals that gates depend on. Both methods throw AWS's error. */
export interface Signals {
  /** The CloudWatch alarms of `gates.alarms.organization`, in the master account. */
  alarms(): Promise<readonly Alarm[]>;
  /** The SSM Change Calendars of `gates.changeCalendars` that are closed now. */
  closedCalendars(): Promise<readonly string[]>;
}

import type { Alarm } from '../model/group.ts';

/** What the outside world says before anything is decided, as far as the configuration asks for it. */
export interface Signals {
  /** The organization's CloudWatch alarms, in the master account. Throws what AWS answers. */
  alarms(): Promise<readonly Alarm[]>;
  /** The SSM Change Calendars that are closed now. Throws what AWS answers. */
  closedCalendars(): Promise<readonly string[]>;
}

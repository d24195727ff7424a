import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { Stop } from '../model/control-record.ts';
import type { Alarm } from '../model/group.ts';
import type { Slot } from '../model/slot.ts';
import type { Lookup } from '../util/lookup.ts';

/** A check of the outside world before anything is decided. A gate that cannot be checked, or throws, counts as closed. */
export interface Gate {
  /** The name of its file, and the reason code. */
  readonly name: string;
  /** When it is closed, in one or two sentences for docs/guards.md. */
  readonly summary: string;
  /**
   * `always`: when closed, nothing at all is done. `live`: a leashed run continues, as it touches nothing, and its report says
   * that a live run would have ended here.
   */
  readonly holds: 'always' | 'live';
  /** Whether the configuration enables the gate; a gate that is not enabled has no verdict. Default: always enabled. */
  applies?(config: Config): boolean;
  check(seen: GateContext): { readonly open: boolean; readonly text: string };
}

export interface GateContext {
  readonly config: Config;
  readonly calendar: Calendar;
  readonly slot: Slot;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Why the clock cannot be trusted; undefined if it can be, as far as is known. */
  readonly skewed: string | undefined;
  /** `unknown`: the ledger could not be read. */
  readonly stop: Stop | 'unknown' | undefined;
  /** Those of `gates.alarms.organization`. */
  readonly alarms: Lookup<readonly Alarm[]>;
  /** Those of `gates.changeCalendars` that are closed. */
  readonly closedCalendars: Lookup<readonly string[]>;
}

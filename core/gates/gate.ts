import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { Stop } from '../model/control-record.ts';
import type { Alarm } from '../model/group.ts';
import type { Slot } from '../model/slot.ts';
import type { Lookup } from '../util/lookup.ts';

/** A check of the outside world, made before anything is decided. What cannot be checked, or throws, is closed. */
export interface Gate {
  /** The name of its file, and the reason code. */
  readonly name: string;
  /** When it is closed, in a sentence or two for docs/guards.md. */
  readonly summary: string;
  /**
   * `always`: when closed, nothing at all is done. `live`: a leashed run goes on, as it touches nothing, and its report says
   * that a live one would have ended here.
   */
  readonly holds: 'always' | 'live';
  /** Whether the configuration asks for it; one that it does not ask for says nothing. Left out: it always does. */
  applies?(config: Config): boolean;
  check(seen: GateContext): { readonly open: boolean; readonly text: string };
}

export interface GateContext {
  readonly config: Config;
  readonly calendar: Calendar;
  readonly slot: Slot;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Why the clock cannot be trusted; undefined where it can be, as far as is known. */
  readonly skewed: string | undefined;
  /** `unknown`: the ledger could not be asked. */
  readonly stop: Stop | 'unknown' | undefined;
  /** Those of `gates.alarms.organization`. */
  readonly alarms: Lookup<readonly Alarm[]>;
  /** Those of `gates.changeCalendars` that are closed. */
  readonly closedCalendars: Lookup<readonly string[]>;
}

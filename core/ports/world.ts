import type { Config } from '../config/config.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ClockSkew } from '../model/clock-skew.ts';
import type { FaultRegistry } from '../model/fault.ts';
import type { Announcer } from './announcer.ts';
import type { Clock } from './clock.ts';
import type { Fleet } from './fleet.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Signals } from './signals.ts';
import type { Striker } from './striker.ts';

/** Everything a run needs from outside. */
export interface World {
  readonly config: Config;
  readonly faults: FaultRegistry;
  /** The kinds of target, each with all guards that apply to its groups. */
  readonly kinds: readonly Kind[];
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly fleet: Fleet;
  readonly striker: Striker;
  readonly ledger: Ledger;
  readonly signals: Signals;
  readonly announcer: Announcer;
  readonly journal: Journal;
}

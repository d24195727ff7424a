import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Order, StrikeOutcome } from '../model/strike.ts';
import type { Reach } from './reach.ts';

/** Strikes, under sessions that can reach the ordered targets and nothing else. */
export interface Striker {
  /**
   * Opens sessions for these orders, as few as hold them. An account whose role cannot be assumed is a failure for each of
   * its orders, and those are in no session.
   */
  open(orders: readonly Order[], run: RunContext): Promise<PartialResult<readonly StrikeSession[]>>;
}

export interface StrikeSession {
  readonly orders: readonly Order[];
  /** Strikes, and says what came of it. Not retried past `until`, epoch ms. Does not reject for what AWS answers. */
  strike(order: Order, until: number): Promise<StrikeOutcome | NothingTouched>;
  /** The target of an order whose fault lasts. */
  reach(order: Order): Reach;
}

/** What a leashed striker says. */
export interface NothingTouched {
  readonly outcome: 'leashed';
  readonly detail: string;
}

import type { PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Order, StrikeOutcome } from '../model/strike.ts';
import type { Reach } from './reach.ts';

/** Strikes targets, under sessions whose policy covers the ordered targets and nothing else. */
export interface Striker {
  /**
   * Opens as few sessions as these orders fit in. If an account's role cannot be assumed, each of its orders is a failure and is
   * in no session.
   */
  open(orders: readonly Order[], run: RunContext): Promise<PartialResult<readonly StrikeSession[]>>;
}

export interface StrikeSession {
  readonly orders: readonly Order[];
  /** Strikes and returns the outcome. Does not retry past `until`, epoch ms. Never rejects because of an AWS error. */
  strike(order: Order, until: number): Promise<StrikeOutcome | NothingTouched>;
  /** The target of an order whose fault lasts. */
  reach(order: Order): Reach;
}

/** What a leashed striker returns. */
export interface NothingTouched {
  readonly outcome: 'leashed';
  readonly detail: string;
}

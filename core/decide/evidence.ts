import type { Decision } from '../model/decision.ts';
import type { Inspection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { Order } from '../model/strike.ts';
import type { Lookup } from '../util/lookup.ts';
import type { Intent } from './resolve-intent.ts';

/** What targets are protected from, by id, as far as it was read. */
export type Protections = ReadonlyMap<string, Lookup<readonly string[]>>;

/** What is known about a group besides its listing. Gathered in this order: each part costs more than the one before. */
export interface Evidence {
  readonly ledger?: LedgerState | undefined;
  readonly inspection?: Inspection | undefined;
  readonly protections?: Protections | undefined;
}

export interface Evaluation {
  readonly decision: Decision;
  /** Only for a drawn group. */
  readonly intent?: Intent;
  /** The evidence to gather next; undefined if the decision is final. */
  readonly missing?: keyof Evidence;
  /** The strike to make, once the group has been inspected: final if no evidence is missing. */
  readonly order?: Order;
}

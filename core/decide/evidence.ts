import type { Decision } from '../model/decision.ts';
import type { Inspection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { Order } from '../model/strike.ts';
import type { Lookup } from '../util/lookup.ts';
import type { Intent } from './intent.ts';

/** What protects targets, by id, as far as it was asked. */
export type Protections = ReadonlyMap<string, Lookup<readonly string[]>>;

/** What is known about a group beside its listing. It is gathered in this order, and each part costs more than the last. */
export interface Evidence {
  readonly ledger?: LedgerState | undefined;
  readonly inspection?: Inspection | undefined;
  readonly protections?: Protections | undefined;
}

export interface Evaluation {
  readonly decision: Decision;
  /** Only for a group that was drawn: its guards were asked. */
  readonly intent?: Intent;
  /** The evidence to gather before a strike; undefined where the decision is final. */
  readonly missing?: keyof Evidence;
  /** What is to be struck, once the group has been inspected: final if no evidence is missing. */
  readonly order?: Order;
}

import type { Decision } from '../model/decision.ts';
import type { Inspection, Protection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { Order } from '../model/strike.ts';
import type { Lookup } from '../util/lookup.ts';
import type { Intent } from './intent.ts';

/** What is known about a group beside its listing. It is gathered in this order, and each part costs more than the last. */
export interface Evidence {
  readonly ledger?: LedgerState | undefined;
  readonly inspection?: Inspection | undefined;
  /** What attributes protect instances from, by id, as far as that was asked. */
  readonly protections?: ReadonlyMap<string, Lookup<readonly Protection[]>> | undefined;
}

export interface Evaluation {
  readonly decision: Decision;
  /** Of a group that was drawn: its guards were asked. */
  readonly intent?: Intent;
  /** The evidence to gather before a strike; undefined where the decision is final. */
  readonly missing?: keyof Evidence;
  /** What is to be struck, once the group was inspected: it stands where no evidence is missing. */
  readonly order?: Order;
}

import type { Decision } from '../model/decision.ts';
import type { Inspection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { KnownPreparation } from '../model/known-others.ts';
import type { Order } from '../model/strike.ts';
import type { Lookup } from '../util/lookup.ts';
import type { Intent } from './resolve-intent.ts';

/** What targets are protected from, by id, as far as it was read. */
export type Protections = ReadonlyMap<string, Lookup<readonly string[]>>;

export type Preparations = ReadonlyMap<string, Lookup<KnownPreparation>>;

/** What is known about a group beside its listing. It is gathered in this order, and each part costs more than the last. */
export interface Evidence {
  readonly ledger?: LedgerState | undefined;
  readonly inspection?: Inspection | undefined;
  readonly protections?: Protections | undefined;
  /** What a fault that lasts needs of targets, by id, as far as it was read. */
  readonly preparations?: Preparations | undefined;
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

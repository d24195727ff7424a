import type { Decision } from '../model/decision.ts';
import type { Group, Inspection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { KnownPreparation } from '../model/known-others.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Lookup } from '../util/lookup.ts';

/** What a run had before it decided about any group. */
export interface RecordingHead {
  readonly schemaVersion: 2;
  readonly runId: string;
  readonly slot: { readonly id: string; readonly at: number };
  /** The time that guards used, epoch ms. */
  readonly now: number;
  /** The configuration, as it ships with the function. */
  readonly config: unknown;
  /** The run request, parsed. */
  readonly request: unknown;
  readonly open: Lookup<readonly StrikeEntry[]>;
  /** Open strikes' items that could not be read, if any. */
  readonly unreadable?: readonly UnreadableItem[];
}

/**
 * Everything that a run's decisions were made from, except the ledger's secret. Plain JSON, read only by the code that wrote it:
 * what a new guard or kind of target needs is recorded without a change here.
 */
export interface Recording extends RecordingHead {
  /** Those that were not drawn first, in the order seen; then the drawn ones, in the order they were inspected. */
  readonly groups: readonly RecordedGroup[];
}

/** A group and the decision about it before claims, as those depend on other runs. */
export interface RecordedGroup {
  readonly decision: Decision;
  /** A group that was not drawn is recorded without what was not considered, such as its members. */
  readonly group: Group;
  /** What the ledger had about it, for drawn groups that were reached. */
  readonly ledgerState?: LedgerState | undefined;
  /** Only for groups that were inspected. `unchanged`: the group was listed as before. */
  readonly looked?:
    | (Omit<Inspection, 'group'> & { readonly group: Inspection['group'] | 'unchanged' })
    | undefined;
  /** What protects targets, by id, as far as it was read. */
  readonly protections?: Readonly<Record<string, Lookup<readonly string[]>>> | undefined;
  /** What a fault that lasts needs of targets, by id, as far as it was read. */
  readonly preparations?: Readonly<Record<string, Lookup<KnownPreparation>>> | undefined;
  /** The target that was chosen. */
  readonly targetId?: string | undefined;
}

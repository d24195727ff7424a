import type { Lookup } from '../util/lookup.ts';
import type { UsedBudget } from './budget.ts';
import type { Group } from './group.ts';
import type { GroupRecord } from './group-record.ts';
import type { Preparation } from './lasting.ts';

/** What the ledger knows about the groups that a fault hits beside its target's own. */
export interface KnownOthers {
  readonly groups: readonly { readonly group: Group; readonly record: Lookup<GroupRecord> }[];
  /** Those that the strike would count toward with all that it hits. */
  readonly budgets: Lookup<readonly UsedBudget[]>;
}

/** `known`: of a fault that hits others. */
export type KnownPreparation = Preparation & { readonly known?: KnownOthers };

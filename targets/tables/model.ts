import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface TableInspection extends LoneInspection {
  /** `ACTIVE`; of the table, or of the first of its indexes that is not. */
  readonly status: Lookup<string>;
  /** Units that were consumed in the last hour, for reading and writing. */
  readonly capacity: Lookup<number>;
}

export interface TableTypes extends LoneTypes {
  readonly inspection: TableInspection;
}

export type TableGuard<N extends Need> = GuardOn<N, TableTypes>;

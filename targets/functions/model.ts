import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface FunctionInspection extends LoneInspection {
  readonly configuration: Lookup<FunctionConfiguration>;
  /** How often it was invoked in the last hour. */
  readonly invocations: Lookup<number>;
}

export interface FunctionConfiguration {
  /** `Active`, `Pending`, `Inactive`, `Failed`. */
  readonly state: string;
  /** `Successful`, `InProgress`, `Failed`. */
  readonly lastUpdate: string;
  /** Undefined: the failure layer is not attached to it. */
  readonly failureParameter: string | undefined;
}

export interface FunctionTypes extends LoneTypes {
  readonly inspection: FunctionInspection;
}

export type FunctionGuard<N extends Need> = GuardOn<N, FunctionTypes>;

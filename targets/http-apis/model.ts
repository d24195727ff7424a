import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface HttpApiInspection extends LoneInspection {
  /** How often it was called in the last hour. */
  readonly requests: Lookup<number>;
}

export interface HttpApiTypes extends LoneTypes {
  readonly inspection: HttpApiInspection;
}

export type HttpApiGuard<N extends Need> = GuardOn<N, HttpApiTypes>;

import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface MappingInspection extends LoneInspection {
  /** `Enabled`, `Disabled`, or on the way to one of them. */
  readonly state: Lookup<string>;
}

export interface MappingTypes extends LoneTypes {
  readonly inspection: MappingInspection;
}

export type MappingGuard<N extends Need> = GuardOn<N, MappingTypes>;

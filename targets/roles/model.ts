import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface RoleInspection extends LoneInspection {
  /** For how long it has not been used, in ms; undefined if it never was, in all the time that IAM remembers. */
  readonly unusedMs: number | undefined;
}

export interface RoleTypes extends LoneTypes {
  readonly inspection: RoleInspection;
}

export type RoleGuard<N extends Need> = GuardOn<N, RoleTypes>;

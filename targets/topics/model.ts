import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface TopicInspection extends LoneInspection {
  /** How many were published in the last hour. */
  readonly messages: Lookup<number>;
}

export interface TopicTypes extends LoneTypes {
  readonly inspection: TopicInspection;
}

export type TopicGuard<N extends Need> = GuardOn<N, TopicTypes>;

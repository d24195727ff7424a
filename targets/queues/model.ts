import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Lookup } from '#core/util/lookup.ts';
import type { LoneInspection, LoneTypes } from '../shared/lone-group.ts';

export interface QueueInspection extends LoneInspection {
  /** The queues whose dead-letter queue it is, by name: some of them, if there are many. */
  readonly deadLettersOf: Lookup<readonly string[]>;
  /** How many were sent or received in the last hour. */
  readonly messages: Lookup<number>;
}

export interface QueueTypes extends LoneTypes {
  readonly inspection: QueueInspection;
}

export type QueueGuard<N extends Need> = GuardOn<N, QueueTypes>;

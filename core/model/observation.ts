import type { Group } from './group.ts';
import type { TargetSeen } from './target.ts';

/** A group some time after a strike. */
export interface Observation {
  /** With EC2's view in it: a member that EC2 does not call running is not healthy. Undefined: the group is gone. */
  readonly group: Group | undefined;
  readonly target: TargetSeen;
  /** Epoch ms at which launches ended that began after the strike; empty where the group keeps no record of them. */
  readonly launchesEnded: readonly number[];
  /** Whether the group is launching or ending instances right now. */
  readonly isScaling: boolean;
}

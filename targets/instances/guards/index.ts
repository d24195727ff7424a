import type { Guard } from '#core/guards/guard.ts';
import type { InstanceTypes } from '../model.ts';
import { groupDegraded } from './group-degraded.ts';
import { groupTooYoung } from './group-too-young.ts';
import { instanceInTransition } from './instance-in-transition.ts';
import { instanceNotInService } from './instance-not-in-service.ts';
import { instanceNotOptedIn } from './instance-not-opted-in.ts';
import { instanceRefresh } from './instance-refresh.ts';
import { instanceStandby } from './instance-standby.ts';
import { instanceTooYoung } from './instance-too-young.ts';
import { minHealthy } from './min-healthy.ts';
import { replacementSuspended } from './replacement-suspended.ts';
import { scaleInProtected } from './scale-in-protected.ts';
import { scalingActivity } from './scaling-activity.ts';
import { soleInZone } from './sole-in-zone.ts';
import { stopProtected } from './stop-protected.ts';
import { terminationProtected } from './termination-protected.ts';
import { tooFewHealthy } from './too-few-healthy.ts';

/** The guards of instances and their groups, in the order in which reports name their reasons. */
export const instanceGuards: readonly Guard<InstanceTypes>[] = [
  tooFewHealthy,
  minHealthy,
  groupDegraded,
  groupTooYoung,
  replacementSuspended,
  instanceRefresh,
  scalingActivity,
  // Before `instanceNotInService`, which is true of the same instances but says less.
  instanceStandby,
  instanceInTransition,
  instanceNotInService,
  instanceNotOptedIn,
  instanceTooYoung,
  soleInZone,
  scaleInProtected,
  terminationProtected,
  stopProtected,
];

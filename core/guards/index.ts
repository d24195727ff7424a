import { accountAlarm } from './account-alarm.ts';
import { budgetExhausted } from './budget-exhausted.ts';
import { cooldown } from './cooldown.ts';
import { frozen } from './frozen.ts';
import { groupAlarm } from './group-alarm.ts';
import { groupDegraded } from './group-degraded.ts';
import { groupTooYoung } from './group-too-young.ts';
import type { GroupGuard, InspectionGuard, InstanceGuard, RecordGuard } from './guard.ts';
import { instanceInTransition } from './instance-in-transition.ts';
import { instanceNotInService } from './instance-not-in-service.ts';
import { instanceNotOptedIn } from './instance-not-opted-in.ts';
import { instanceRefresh } from './instance-refresh.ts';
import { instanceStandby } from './instance-standby.ts';
import { instanceTooYoung } from './instance-too-young.ts';
import { leashedGroup } from './leashed-group.ts';
import { minDays } from './min-days.ts';
import { minHealthy } from './min-healthy.ts';
import { notOptedIn } from './not-opted-in.ts';
import { replacementSuspended } from './replacement-suspended.ts';
import { safetyLever } from './safety-lever.ts';
import { scaleInProtected } from './scale-in-protected.ts';
import { scalingActivity } from './scaling-activity.ts';
import { soleInZone } from './sole-in-zone.ts';
import { stopProtected } from './stop-protected.ts';
import { strikeUnverified } from './strike-unverified.ts';
import { terminationProtected } from './termination-protected.ts';
import { tooFewHealthy } from './too-few-healthy.ts';
import { vetoed } from './vetoed.ts';

// In the order in which their reasons are named.

export const groupGuards: readonly GroupGuard[] = [
  notOptedIn,
  frozen,
  tooFewHealthy,
  minHealthy,
  groupDegraded,
  groupTooYoung,
  replacementSuspended,
];

export const recordGuards: readonly RecordGuard[] = [
  vetoed,
  leashedGroup,
  minDays,
  cooldown,
  strikeUnverified,
  budgetExhausted,
];

export const inspectionGuards: readonly InspectionGuard[] = [
  instanceRefresh,
  scalingActivity,
  groupAlarm,
  accountAlarm,
  safetyLever,
];

export const instanceGuards: readonly InstanceGuard[] = [
  // What it is in the middle of says more than that it is not in service.
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

/** Those of them that an instance's listing answers, before it is looked up. */
export const listedInstanceGuards: readonly InstanceGuard[] = [
  instanceStandby,
  instanceInTransition,
  instanceNotInService,
  soleInZone,
  scaleInProtected,
];

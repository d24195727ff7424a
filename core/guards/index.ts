import { groupDegraded } from './group-degraded.ts';
import type { GroupGuard, InstanceGuard } from './guard.ts';
import { instanceNotInService } from './instance-not-in-service.ts';
import { instanceNotOptedIn } from './instance-not-opted-in.ts';
import { notOptedIn } from './not-opted-in.ts';
import { tooFewHealthy } from './too-few-healthy.ts';

/** In the order in which their reasons are named. */
export const groupGuards: readonly GroupGuard[] = [notOptedIn, tooFewHealthy, groupDegraded];
export const instanceGuards: readonly InstanceGuard[] = [instanceNotInService, instanceNotOptedIn];

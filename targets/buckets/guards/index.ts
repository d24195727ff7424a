import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { LoneTypes } from '../../shared/lone-group.ts';

/** The guards of buckets. Whether anybody uses one, S3 does not say unless its owner pays for request metrics. */
export const bucketGuards: readonly Guard<LoneTypes>[] = [stackInProgress];

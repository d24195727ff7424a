import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { QueueTypes } from '../model.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { queueIdle } from './queue-idle.ts';

/** The guards of queues, in the order in which their reasons are named. */
export const queueGuards: readonly Guard<QueueTypes>[] = [stackInProgress, deadLetterQueue, queueIdle];

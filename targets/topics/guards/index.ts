import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { TopicTypes } from '../model.ts';
import { topicIdle } from './topic-idle.ts';

/** The guards of topics, in the order in which their reasons are named. */
export const topicGuards: readonly Guard<TopicTypes>[] = [stackInProgress, topicIdle];

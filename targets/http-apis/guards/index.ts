import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { HttpApiTypes } from '../model.ts';
import { httpApiIdle } from './http-api-idle.ts';

/** The guards of HTTP APIs, in the order in which their reasons are named. */
export const httpApiGuards: readonly Guard<HttpApiTypes>[] = [stackInProgress, httpApiIdle];

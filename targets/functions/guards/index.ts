import type { Guard } from '#core/guards/guard.ts';
import { stackInProgress } from '../../shared/guards/stack-in-progress.ts';
import type { FunctionTypes } from '../model.ts';
import { functionIdle } from './function-idle.ts';
import { functionUpdating } from './function-updating.ts';

/** The guards of functions, in the order in which their reasons are named. */
export const functionGuards: readonly Guard<FunctionTypes>[] = [
  stackInProgress,
  functionUpdating,
  functionIdle,
];

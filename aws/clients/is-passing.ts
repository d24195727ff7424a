import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';

/** Whether the same call may well succeed a moment later: AWS was too busy, or not reached. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Error && (isThrottlingError(error as SdkError) || isTransientError(error as SdkError))
  );
}

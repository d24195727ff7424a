import { type Failure, type FailureStage, failure } from './failure.ts';

/** An answer that is useful even if parts of it are missing. */
export interface PartialResult<Value> {
  readonly value: Value;
  readonly failures: readonly Failure[];
}

/**
 * A port's answer, or `nothing` and a failure if it rejected. Ports should return what they could get, but one that rejects
 * must not cost the run its record.
 */
export async function orFallback<Value>(
  stage: FailureStage,
  nothing: Value,
  gathered: Promise<PartialResult<Value>>,
): Promise<PartialResult<Value>> {
  return gathered.catch((error: unknown) => ({ value: nothing, failures: [failure(stage, error)] }));
}

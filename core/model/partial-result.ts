import { type Failure, type FailureStage, failure } from './failure.ts';

/** An answer that is worth having even when some of it is missing. */
export interface PartialResult<Value> {
  readonly value: Value;
  readonly failures: readonly Failure[];
}

/**
 * What a port gathered, or `nothing` with the failure where it threw. Ports answer with what they could get; that one throws
 * all the same must not cost the run its record.
 */
export async function orFallback<Value>(
  stage: FailureStage,
  nothing: Value,
  gathered: Promise<PartialResult<Value>>,
): Promise<PartialResult<Value>> {
  return gathered.catch((error: unknown) => ({ value: nothing, failures: [failure(stage, error)] }));
}

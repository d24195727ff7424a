import type { HttpHandlerOptions } from '@smithy/types';

/** A call that lasts until its sample is over: by a limit of the SDK's own, a hang would end as an error of ours, and not as a bad sample. */
export function untilOver(over: AbortSignal): HttpHandlerOptions {
  return { abortSignal: over, requestTimeout: 0 };
}

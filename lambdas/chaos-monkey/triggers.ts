import type { Trigger } from '#core/model/slot.ts';
import { hasKey, parsedIf } from '#core/util/parse.ts';
import { ApiEvent, parseBody } from '../shared/api-event.ts';

/** What triggered the invocation, and its unchecked request. */
export interface Arrival {
  readonly trigger: Trigger;
  /** Throws `InvalidInput` for a body that is not JSON. */
  readonly input: () => unknown;
}

/**
 * Detects the trigger. An API Gateway event has the request in its body; any other event is the request itself, and comes from the
 * Scheduler if it has a slot or asks for a verification.
 */
export function arrival(event: unknown): Arrival {
  const api = parsedIf(ApiEvent, event);
  if (api !== undefined) return { trigger: 'api', input: () => parseBody(api) };
  const input = event ?? {};
  return { trigger: isScheduled(input) ? 'schedule' : 'invoke', input: () => input };
}

function isScheduled(input: unknown): boolean {
  return hasKey(input, 'slot') || (hasKey(input, 'task') && input.task === 'verify');
}

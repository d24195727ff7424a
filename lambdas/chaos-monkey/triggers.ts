import * as z from 'zod';
import type { Trigger } from '#core/model/slot.ts';
import { foundText } from '#core/util/found-text.ts';
import { hasKey, InvalidInput, parsedIf } from '#core/util/parse.ts';

/** What started it, and the request it carries, still unchecked. */
export interface Arrival {
  readonly trigger: Trigger;
  /** Throws `InvalidInput` for a body that is not JSON. */
  readonly input: () => unknown;
}

/** An API Gateway event, payload format 2.0, as far as it is read. */
const ApiEvent = z.looseObject({
  version: z.literal('2.0'),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string(), path: z.string() }) }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * Tells the triggers apart: an API Gateway event carries the request in its body; any other event is the request itself, and
 * with a slot, or for a verification, it is the Scheduler's.
 */
export function arrival(event: unknown): Arrival {
  const api = parsedIf(ApiEvent, event);
  if (api !== undefined) return { trigger: 'api', input: () => bodyOf(api) };
  const input = event ?? {};
  return { trigger: isScheduled(input) ? 'schedule' : 'invoke', input: () => input };
}

function isScheduled(input: unknown): boolean {
  return hasKey(input, 'slot') || (hasKey(input, 'task') && input.task === 'verify');
}

function bodyOf({ body, isBase64Encoded }: z.infer<typeof ApiEvent>): unknown {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput('request', [
      { path: '(root)', expected: 'expected JSON', found: foundText(text) },
    ]);
  }
}

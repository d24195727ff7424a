import * as z from 'zod';
import type { Trigger } from '#core/model/slot.ts';
import { foundText } from '#core/util/found-text.ts';
import { hasKey, InvalidInput, parsedIf } from '#core/util/parse.ts';

/** What triggered the invocation, and its unchecked request. */
export interface Arrival {
  readonly trigger: Trigger;
  /** Throws `InvalidInput` for a body that is not JSON. */
  readonly input: () => unknown;
}

/** The part of an API Gateway event, payload format 2.0, that is read. */
const ApiEvent = z.looseObject({
  version: z.literal('2.0'),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string(), path: z.string() }) }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});

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

function parseBody({ body, isBase64Encoded }: z.infer<typeof ApiEvent>): unknown {
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

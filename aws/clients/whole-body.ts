import type { Readable } from 'node:stream';
import { durationText } from '#core/util/format.ts';

/**
 * The SDK's time limits end at the headers: a body of which the rest never comes, or that has no end, would be waited for without
 * end. Answers of AWS are a few megabytes at most, and follow their headers at once.
 */
export const bodyTimeoutMs = 10_000;
/** Several times the largest answer, which is Lambda's: 6 MB. Source: Lambda quotas, invocation payload. */
const mostBytes = 64 * 1_024 * 1_024;

/** All of a response's body. Rejects with a `TimeoutError`, by which the SDK knows what may be tried again. */
export async function wholeBody(
  body: Readable | Uint8Array | undefined,
  timeoutMs: number,
): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const timer = setTimeout(
    () => body.destroy(unfinished(`was not there ${durationText(timeoutMs)} after the headers`)),
    timeoutMs,
  );
  try {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of body) {
      parts.push(part);
      bytes += part.length;
      if (bytes > mostBytes) throw unfinished(`has no end: over ${mostBytes} bytes`);
    }
    return Buffer.concat(parts);
  } finally {
    clearTimeout(timer);
  }
}

function unfinished(how: string): Error {
  return Object.assign(new Error(`the body of the response ${how}`), { name: 'TimeoutError' });
}

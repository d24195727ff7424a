import type { Readable } from 'node:stream';
import { durationText } from '#core/util/format.ts';

/**
 * The SDK's time limits end at the headers, so it would wait forever for a truncated or endless body. AWS's answers have at most a few
 * megabytes and immediately follow their headers.
 */
export const bodyTimeoutMs = 10_000;
/** Several times the largest answer, which is Lambda's: 6 MB. Source: Lambda quotas, invocation payload. */
const mostBytes = 64 * 1_024 * 1_024;

/** Reads a response's whole body. Rejects with a `TimeoutError`, which the SDK retries. */
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

import type { Clock } from '#core/ports/clock.ts';

/** The result of posting to a webhook. */
export type Posted =
  | { readonly delivered: true }
  /** `status` is the last HTTP status; undefined when no answer came. */
  | { readonly delivered: false; readonly status: number | undefined; readonly attempts: number };

export interface Poster {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** In [0, 1), for the jitter. */
  readonly random: () => number;
}

const maxAttempts = 5;
const attemptMs = 5_000;
const firstBackoffMs = 500;

/**
 * Posts JSON to a webhook; retries after a 429, a 5xx or no answer, with exponential backoff and jitter or as Retry-After says,
 * and never past `deadline` (epoch ms). Never throws, and reveals nothing of the URL or an answer's body: the URL is a secret,
 * and errors of `fetch` may quote it.
 *
 * An attempt that timed out may have been posted all the same; the message then appears twice, which is better than never.
 */
export async function post(url: URL, body: string, deadline: number, poster: Poster): Promise<Posted> {
  const { clock, random } = poster;
  for (let attempt = 1; ; attempt += 1) {
    const { status, retryAfterMs } = await attemptOnce(url, body, deadline, poster);
    if (status !== undefined && status >= 200 && status < 300) return { delivered: true };
    const backoffMs = firstBackoffMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
    const delayMs = Math.max(backoffMs, retryAfterMs);
    if (!mayPass(status) || attempt === maxAttempts || clock.now() + delayMs >= deadline) {
      return { delivered: false, status, attempts: attempt };
    }
    await clock.sleep(delayMs);
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly retryAfterMs: number;
}

async function attemptOnce(
  url: URL,
  body: string,
  deadline: number,
  { fetch, clock }: Poster,
): Promise<Answer> {
  const remainingMs = Math.max(0, deadline - clock.now());
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // A redirect would carry the message somewhere else.
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.min(attemptMs, remainingMs)),
    });
  } catch {
    return { status: undefined, retryAfterMs: 0 };
  }
  // Discards the body to free the connection for reuse. Failure to do so does not matter.
  await response.body?.cancel().catch(() => {});
  return {
    status: response.status,
    retryAfterMs: delayOf(response.headers.get('retry-after'), clock.now()),
  };
}

function mayPass(status: number | undefined): boolean {
  return status === undefined || status === 429 || status >= 500;
}

/** Seconds or an HTTP date, as RFC 9110 has it; 0 when absent or neither. */
function delayOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const delayMs = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return delayMs > 0 ? delayMs : 0;
}

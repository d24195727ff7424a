import type { Clock } from '#core/ports/clock.ts';

const attempts = 5;
const pauseMs = 2_000;
const timeoutMs = 4_000;

/** Puts an answer to the presigned address that CloudFormation gave. Throws if it was not taken. */
export async function putAnswer(
  url: string,
  body: string,
  parts: { readonly fetch: typeof fetch; readonly clock: Clock },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await parts.fetch(url, {
        method: 'PUT',
        // The signature is for no content type.
        headers: { 'content-type': '' },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (answer.ok) return;
      throw new Error(`CloudFormation's bucket answered ${answer.status}`);
    } catch (error) {
      if (attempt === attempts) throw error;
      await parts.clock.sleep(pauseMs);
    }
  }
}

import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import type { Clock } from '#core/ports.ts';

const maxAttempts = 6;
/** Throttling takes longer to pass than a lost connection. As in the SDK's own strategy. */
const throttledDelayMs = 1_000;
const transientDelayMs = 50;
const maxDelayMs = 20_000;

/**
 * The SDK's judgement of what is worth a retry. The waiting, exponential with full jitter, is done on our clock and never past
 * the deadline: then the error itself is the answer.
 */
export class PatientRetryStrategy extends StandardRetryStrategy {
  readonly #clock: Clock;
  readonly #deadline: number;

  constructor(clock: Clock, deadline: number) {
    // The SDK's strategy sleeps in here by itself, on the process's clock: it is given nothing to sleep.
    super({ maxAttempts, backoff: { computeNextBackoffDelay: () => 0, setDelayBase: () => {} } });
    this.#clock = clock;
    this.#deadline = deadline;
  }

  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    error: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    const next = await super.refreshRetryTokenForRetry(token, error);
    const base = error.errorType === 'THROTTLING' ? throttledDelayMs : transientDelayMs;
    const delayMs = Math.floor(Math.random() * Math.min(base * 2 ** token.getRetryCount(), maxDelayMs));
    if (this.#clock.now() + delayMs >= this.#deadline) throw new Error('no time is left for a retry');
    await this.#clock.sleep(delayMs);
    return next;
  }
}

import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '#core/ports/clock.ts';

const maxAttempts = 6;
/** Fewer attempts for errors other than throttling: a region that does not answer delays the accounts after it. */
const maxAttemptsOfOthers = 3;
/** Throttling takes longer to pass than a lost connection. The same values as the SDK's own strategy. */
const throttledDelayMs = 1_000;
const transientDelayMs = 50;
const maxDelayMs = 20_000;
/** Longer delays requested by a server are capped. */
const maxHintMs = 5_000;

export interface Patience {
  readonly clock: Clock;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  /** Epoch ms; no retry starts later. */
  readonly deadline: number;
  /** Ms after the start of a call; no retry of it starts later. */
  readonly patienceMs: number;
}

interface PatientToken extends RetryToken {
  /** Epoch ms; the call is retried until then. */
  readonly until: number;
}

/**
 * Exponential backoff with full jitter, like the SDK's, but with our clock, and only while there is time; after that, the error is
 * thrown. The SDK's own strategy ends all retries of a client after a hundred and sleeps on the process's clock. Our retries are limited
 * by time, and one client serves a thousand accounts.
 */
export class PatientRetryStrategy implements RetryStrategyV2 {
  readonly #patience: Patience;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Reported in a request header. */
  async maxAttempts(): Promise<number> {
    return maxAttempts;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    const { clock, deadline, patienceMs } = this.#patience;
    return makeToken(0, Math.min(deadline, clock.now() + patienceMs));
  }

  async refreshRetryTokenForRetry(token: RetryToken, error: RetryErrorInfo): Promise<RetryToken> {
    const { clock, random, deadline } = this.#patience;
    const { errorType, retryAfterHint } = error;
    const isThrottled = errorType === 'THROTTLING';
    if (errorType === 'CLIENT_ERROR') throw new Error('a retry would be refused too');
    const attempts = token.getRetryCount() + 1;
    if (attempts >= (isThrottled ? maxAttempts : maxAttemptsOfOthers)) throw new Error('no attempts left');

    const base = isThrottled ? throttledDelayMs : transientDelayMs;
    const backoffMs = Math.floor(random() * Math.min(base * 2 ** token.getRetryCount(), maxDelayMs));
    const hintMs = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - clock.now();
    const delayMs = Math.max(backoffMs, Math.min(hintMs, maxHintMs));
    const until = 'until' in token ? (token as PatientToken).until : deadline;
    if (clock.now() + delayMs >= until) throw new Error('no time left for a retry');
    await clock.sleep(delayMs);
    return makeToken(attempts, until);
  }

  recordSuccess(): void {}
}

function makeToken(count: number, until: number): PatientToken {
  return { until, getRetryCount: () => count, getRetryDelay: () => 0 };
}

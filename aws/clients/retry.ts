import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '#core/ports/clock.ts';

const maxAttempts = 6;
/** What is not throttling is not waited for as long: a region that does not answer holds up the accounts after it. */
const maxAttemptsOfOthers = 3;
/** Throttling takes longer to pass than a lost connection. As in the SDK's own strategy. */
const throttledDelayMs = 1_000;
const transientDelayMs = 50;
const maxDelayMs = 20_000;
/** A server that asks for a longer wait does not get it. */
const maxHintMs = 5_000;

export interface Patience {
  readonly clock: Clock;
  /** In [0, 1): spreads retries out. */
  readonly random: () => number;
  /** Epoch ms; no retry begins later. */
  readonly deadline: number;
  /** After the beginning of a call no retry of it begins later than this. */
  readonly patienceMs: number;
}

interface PatientToken extends RetryToken {
  /** Epoch ms until which the call is retried. */
  readonly until: number;
}

/**
 * Exponential backoff with full jitter, as the SDK's, but waited for on our clock and only while there is time: then the
 * error itself is the answer. The SDK's own strategy also ends all retries of a client after a hundred, and sleeps on the
 * process's clock; ours are bounded by time, and one client serves a thousand accounts.
 */
export class PatientRetryStrategy implements RetryStrategyV2 {
  readonly #patience: Patience;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** What the request header says. */
  async maxAttempts(): Promise<number> {
    return maxAttempts;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    const { clock, deadline, patienceMs } = this.#patience;
    return tokenOf(0, Math.min(deadline, clock.now() + patienceMs));
  }

  async refreshRetryTokenForRetry(token: RetryToken, error: RetryErrorInfo): Promise<RetryToken> {
    const { clock, random, deadline } = this.#patience;
    const { errorType, retryAfterHint } = error;
    const isThrottled = errorType === 'THROTTLING';
    if (errorType === 'CLIENT_ERROR') throw new Error('another try would be refused as well');
    const attempts = token.getRetryCount() + 1;
    if (attempts >= (isThrottled ? maxAttempts : maxAttemptsOfOthers)) throw new Error('tried often enough');

    const base = isThrottled ? throttledDelayMs : transientDelayMs;
    const backoffMs = Math.floor(random() * Math.min(base * 2 ** token.getRetryCount(), maxDelayMs));
    const hintMs = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - clock.now();
    const delayMs = Math.max(backoffMs, Math.min(hintMs, maxHintMs));
    const until = 'until' in token ? (token as PatientToken).until : deadline;
    if (clock.now() + delayMs >= until) throw new Error('no time is left for a retry');
    await clock.sleep(delayMs);
    return tokenOf(attempts, until);
  }

  recordSuccess(): void {}
}

function tokenOf(count: number, until: number): PatientToken {
  return { until, getRetryCount: () => count, getRetryDelay: () => 0 };
}

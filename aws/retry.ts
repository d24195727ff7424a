import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import type { Clock } from '#core/ports.ts';

const maxAttempts = 6;
/** What is not throttling is not waited for as long: a region that does not answer holds up the accounts after it. */
const maxAttemptsOfOthers = 3;
/** Throttling takes longer to pass than a lost connection. As in the SDK's own strategy. */
const throttledDelayMs = 1_000;
const transientDelayMs = 50;
const maxDelayMs = 20_000;

export interface Patience {
  readonly clock: Clock;
  /** Epoch ms; no retry begins later. */
  readonly deadline: number;
  /** After the beginning of a call no retry of it begins later than this. */
  readonly patienceMs: number;
}

/**
 * The SDK's judgement of what is worth a retry. The waiting, exponential with full jitter, is done on our clock and only while
 * there is time: then the error itself is the answer.
 */
export class PatientRetryStrategy extends StandardRetryStrategy {
  readonly #patience: Patience;
  /** Of each call, by the token it has now: until when it is retried. */
  readonly #until = new WeakMap<StandardRetryToken, number>();

  constructor(patience: Patience) {
    // The SDK's strategy sleeps in here by itself, on the process's clock: it is given nothing to sleep.
    super({ maxAttempts, backoff: { computeNextBackoffDelay: () => 0, setDelayBase: () => {} } });
    this.#patience = patience;
  }

  override async acquireInitialRetryToken(scope: string): Promise<StandardRetryToken> {
    const token = await super.acquireInitialRetryToken(scope);
    const { clock, deadline, patienceMs } = this.#patience;
    this.#until.set(token, Math.min(deadline, clock.now() + patienceMs));
    return token;
  }

  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    error: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    const next = await super.refreshRetryTokenForRetry(token, error);
    // The SDK's quota ends all retries of a client after a hundred. Ours are bounded by time, and one client serves a thousand
    // accounts: what a retry took from the quota is given back.
    this.recordSuccess(next);

    const isThrottled = error.errorType === 'THROTTLING';
    if (!isThrottled && next.getRetryCount() >= maxAttemptsOfOthers) throw new Error('tried often enough');
    const { clock } = this.#patience;
    const base = isThrottled ? throttledDelayMs : transientDelayMs;
    const delayMs = Math.floor(Math.random() * Math.min(base * 2 ** token.getRetryCount(), maxDelayMs));
    const until = this.#until.get(token) ?? this.#patience.deadline;
    if (clock.now() + delayMs >= until) throw new Error('no time is left for a retry');
    await clock.sleep(delayMs);
    this.#until.set(next, until);
    return next;
  }
}

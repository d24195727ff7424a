import type { ActionAfterCompletion } from '@aws-sdk/client-scheduler';

/** A one-time schedule as it was created. */
export interface ScheduleSeed {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  /** What the expression says, epoch ms. */
  readonly at: number;
  readonly description: string | undefined;
  readonly target: ScheduleTarget;
  readonly afterCompletion: ActionAfterCompletion;
}

export interface ScheduleTarget {
  readonly arn: string;
  readonly roleArn: string;
  readonly input: string;
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
}

/** One attempt to call a schedule's target. */
export interface Delivery {
  readonly schedule: string;
  /** Epoch ms. */
  readonly at: number;
  readonly error: Error | undefined;
}

/**
 * "Retry attempts with exponential backoff", API reference, RetryPolicy. How long is not documented: 185 in a day, the default, are
 * one in eight minutes.
 */
const maxBackoffMs = 480_000;

export class Schedule {
  readonly seed: ScheduleSeed;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  #dueAt: number | undefined;
  #retries = 0;

  constructor(
    seed: ScheduleSeed,
    where: Pick<Schedule, 'arn' | 'account' | 'region' | 'createdAt'>,
    delayMs: number,
  ) {
    this.seed = seed;
    this.arn = where.arn;
    this.account = where.account;
    this.region = where.region;
    this.createdAt = where.createdAt;
    this.#dueAt = seed.at + delayMs;
  }

  /** When its target is called next, epoch ms; undefined if it is not. */
  get dueAt(): number | undefined {
    return this.#dueAt;
  }

  succeed(): void {
    this.#dueAt = undefined;
  }

  /** Plans another attempt, unless its retry policy has had enough. */
  fail(at: number, retryMs: number): void {
    const { maxRetries, maxAgeSeconds } = this.seed.target;
    const next = at + Math.min(retryMs * 2 ** this.#retries, maxBackoffMs);
    this.#retries += 1;
    const isOver = this.#retries > maxRetries || next > this.seed.at + maxAgeSeconds * 1000;
    this.#dueAt = isOver ? undefined : next;
  }
}

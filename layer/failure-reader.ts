import type { Failures } from './failures.ts';
import { momentOf } from './moment.ts';
import { idleReadMs, readJitter } from './parameter.ts';
import { parseFailures } from './parse-failures.ts';

/** Parameter Store's answer. */
export interface Answer {
  /** Undefined if there is no such parameter. */
  readonly value: string | undefined;
  /** AWS's clock when it was sent, in ms; NaN if unknown. */
  readonly sentAt: number;
}

export interface FailureReaderParts {
  /** Rejects if the parameter could not be read. */
  readonly read: () => Promise<Answer>;
  /** ms since the epoch. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Does work later, unless the environment is frozen then, and keeps nothing alive for it. */
  readonly later: (ms: number, work: () => void) => void;
  readonly log: (line: string) => void;
  /** Told what is active whenever that has changed. */
  readonly onChange: (active: Failures | undefined) => void;
  /** How long an answer serves. Left out: as long as all functions of an account can afford. */
  readonly pollMs?: number | undefined;
}

/** All environments of an account share 40 reads a second: GetParameter's default throughput. */
const affordable = { idleMs: idleReadMs, activeMs: 5_000 };
/** How long an active failure outlives reads that fail. One that is throttled must not end it. */
const graceMs = 30_000;
/** No read that was awake takes that long. */
const frozenMs = 5_000;

/**
 * What is to be injected now. The parameter is read in the background, when an invocation asks and the last answer is old: that
 * invocation goes by the old answer, which `expiresAt` bounds.
 */
export class FailureReader {
  readonly #parts: FailureReaderParts;
  readonly #idleMs: number;
  readonly #activeMs: number;
  #value: string | undefined;
  #known: Failures | undefined;
  #expiresAt = 0;
  #active: Failures | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #failedSince = Number.POSITIVE_INFINITY;
  #retryMs: number;
  /** Why reads fail, if they do: said once. */
  #reason: string | undefined;
  /** How far this clock is behind AWS's. */
  #lagMs = 0;

  constructor(parts: FailureReaderParts) {
    const { pollMs } = parts;
    this.#parts = parts;
    ({ idleMs: this.#idleMs, activeMs: this.#activeMs } =
      pollMs === undefined ? affordable : { idleMs: pollMs, activeMs: pollMs });
    this.#retryMs = this.#activeMs;
  }

  /** The same object for as long as the parameter says the same. Never waits. */
  current(): Failures | undefined {
    const now = this.#parts.now();
    // A clock that was set back must not put off reads.
    if (!this.#isReading && (now >= this.#dueAt || now < this.#askedAt)) void this.#read(now);
    return this.#settle(now);
  }

  /** Takes an answer, this thread's or another's. */
  take({ value, sentAt }: Answer): void {
    const now = this.#parts.now();
    this.#failedSince = Number.POSITIVE_INFINITY;
    this.#retryMs = this.#activeMs;
    this.#reason = undefined;
    this.#lagMs = Number.isNaN(sentAt) ? 0 : Math.max(0, sentAt - now);
    if (value !== this.#value) {
      this.#value = value;
      this.#known = value === undefined ? undefined : parseFailures(value);
      this.#expiresAt = momentOf(this.#known?.expiresAt) ?? 0;
      this.#look(this.#expiresAt - this.#lagMs - now);
    }
    this.#plan(now);
  }

  async #read(now: number): Promise<void> {
    this.#isReading = true;
    this.#askedAt = now;
    try {
      this.take(await this.#parts.read());
    } catch (error) {
      this.#fail(error, now);
    } finally {
      this.#isReading = false;
    }
  }

  #fail(error: unknown, askedAt: number): void {
    const now = this.#parts.now();
    const reason = reasonOf(error);
    if (now - askedAt > frozenMs) {
      // It was the environment that slept, and not Parameter Store. An invocation has woken it up: there is time to ask again.
      this.#dueAt = now;
      this.#parts.later(0, () => this.current());
      return;
    }
    if (this.#failedSince > now) {
      this.#failedSince = now;
      this.#look(graceMs);
    }
    if (reason !== this.#reason) this.#parts.log(`the parameter could not be read: ${reason}`);
    this.#reason = reason;
    this.#retryMs = /Throttl|Status429/.test(reason)
      ? this.#idleMs
      : Math.min(this.#retryMs * 2, this.#idleMs);
    this.#plan(now);
  }

  /** Sets when to read again. While something is active nobody needs to ask: an invocation may last, and must see a stop. */
  #plan(now: number): void {
    const active = this.#settle(now);
    const wait =
      (active === undefined ? this.#idleMs : this.#retryMs) *
      (1 - readJitter + 2 * readJitter * this.#parts.random());
    this.#dueAt = now + wait;
    if (active !== undefined) this.#look(wait);
  }

  #look(afterMs: number): void {
    // Timers may be early by a millisecond.
    if (afterMs > 0) this.#parts.later(afterMs + 2, () => this.current());
  }

  #settle(now: number): Failures | undefined {
    const isOver = now + this.#lagMs >= this.#expiresAt || now >= this.#failedSince + graceMs;
    const active = isOver ? undefined : this.#known;
    if (active !== this.#active) {
      this.#active = active;
      try {
        this.#parts.onChange(active);
      } catch (error) {
        this.#parts.log(`not all of it is done: ${reasonOf(error)}`);
      }
    }
    return active;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return String(code ?? message ?? error);
}

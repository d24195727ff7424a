import type { Clock } from '#core/ports/clock.ts';

/**
 * A clock whose time jumps to the next wake-up once nothing else is left to do, and a turnstile that lets through one piece of work at
 * a time. While any is under way or waits, time stands still, however long it really takes: a history is the same on every machine.
 */
export class Turnstile implements Clock {
  #now: number;
  #isPlanned = false;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  /** By wake-up time; at equal times, in the order in which they fell asleep. */
  readonly #sleepers: { readonly wakeAt: number; readonly wake: () => void }[] = [];

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, over?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (over?.aborted) return resolve();
      const wakeAt = this.#now + Math.max(0, ms);
      const endEarly = () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        resolve();
      };
      const wake = () => {
        over?.removeEventListener('abort', endEarly);
        resolve();
      };
      const sleeper = { wakeAt, wake };
      const before = this.#sleepers.findLastIndex((other) => other.wakeAt <= wakeAt);
      this.#sleepers.splice(before + 1, 0, sleeper);
      over?.addEventListener('abort', endEarly, { once: true });
      this.#planJump();
    });
  }

  /** Whoever waits for this work goes on, as far as it can, before the next begins. */
  inTurn<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
    this.#waiting += 1;
    const done = this.#last.then(work);
    const after = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      this.#waiting -= 1;
    };
    this.#last = done.then(after, after);
    return done;
  }

  #planJump(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      if (this.#waiting === 0) this.#wakeNext();
      if (this.#sleepers.length > 0) this.#planJump();
    });
  }

  /** One at a time, so that the order of what they do is that of their falling asleep. */
  #wakeNext(): void {
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#now = Math.max(this.#now, next.wakeAt);
    next.wake();
  }
}

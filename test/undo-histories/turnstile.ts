import type { Clock } from '#core/ports/clock.ts';
import { Sleepers } from '#sandbox/sleepers.ts';

/**
 * A clock whose time jumps to the next wake-up once nothing else is left to do, and a turnstile that lets through one piece of work at
 * a time. While any is under way or waits, time stands still, however long it really takes: a history is the same on every machine.
 */
export class Turnstile implements Clock {
  #now: number;
  #isPlanned = false;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #sleepers = new Sleepers();

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, over?: AbortSignal): Promise<void> {
    const slept = this.#sleepers.add(this.#now + Math.max(0, ms), over);
    this.#planJump();
    return slept;
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
      if (this.#sleepers.first !== undefined) this.#planJump();
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

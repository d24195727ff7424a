import type { Clock } from '#core/ports/clock.ts';
import { type Sleeper, Sleepers } from './sleepers.ts';

export interface VirtualClockOptions {
  /** Epoch ms. */
  readonly startsAt: number;
  /**
   * True: when everything that is running sleeps, time jumps to the next wake-up, and a run that waits for hours is over
   * immediately. False: time passes only by `advance`.
   */
  readonly jumps?: boolean;
}

/** A clock whose time passes only on demand. Sleepers wake in the order of their times. */
export class VirtualClock implements Clock {
  readonly #jumps: boolean;
  readonly #sleepers = new Sleepers();
  #now: number;
  #jumpPlanned = false;

  constructor({ startsAt, jumps = false }: VirtualClockOptions) {
    this.#now = startsAt;
    this.#jumps = jumps;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, over?: AbortSignal): Promise<void> {
    const slept = this.#sleepers.add(this.#now + Math.max(0, ms), over);
    this.#planJump();
    return slept;
  }

  /** Lets time pass. Shorter sleepers wake on the way, at the right time, and may sleep again. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await othersHaveRun();
    while ((this.#sleepers.first?.wakeAt ?? Number.POSITIVE_INFINITY) <= until) {
      this.#wakeNext();
      await othersHaveRun();
    }
    this.#now = until;
  }

  #planJump(): void {
    if (!this.#jumps || this.#jumpPlanned) return;
    this.#jumpPlanned = true;
    setImmediate(() => {
      this.#jumpPlanned = false;
      this.#wakeNext();
      if (this.#sleepers.first !== undefined) this.#planJump();
    });
  }

  /** Wakes all sleepers with the next wake-up time together. */
  #wakeNext(): void {
    const wakeAt = this.#sleepers.first?.wakeAt;
    if (wakeAt === undefined) return;
    this.#now = wakeAt;
    const together: Sleeper[] = [];
    for (let next = this.#sleepers.first; next?.wakeAt === wakeAt; next = this.#sleepers.first) {
      together.push(next);
      this.#sleepers.shift();
    }
    for (const { wake } of together) wake();
  }
}

/** Resolves when everything that does not wait for the outside world has gone as far as it can. */
function othersHaveRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

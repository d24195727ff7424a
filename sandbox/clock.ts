import type { Clock } from '#core/ports/clock.ts';

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
  /** By wake-up time; at equal times, in the order in which they fell asleep. */
  readonly #sleepers: { readonly wakeAt: number; readonly wake: () => void }[] = [];
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

  /** Lets time pass. Shorter sleepers wake on the way, at the right time, and may sleep again. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await othersHaveRun();
    for (let next = this.#sleepers[0]; next !== undefined && next.wakeAt <= until; next = this.#sleepers[0]) {
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
      if (this.#sleepers.length > 0) this.#planJump();
    });
  }

  /** Wakes all sleepers with the next wake-up time together. */
  #wakeNext(): void {
    const wakeAt = this.#sleepers[0]?.wakeAt;
    if (wakeAt === undefined) return;
    this.#now = wakeAt;
    const later = this.#sleepers.findIndex((sleeper) => sleeper.wakeAt > wakeAt);
    for (const { wake } of this.#sleepers.splice(0, later === -1 ? this.#sleepers.length : later)) wake();
  }
}

/** Resolves when everything that does not wait for the outside world has gone as far as it can. */
function othersHaveRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

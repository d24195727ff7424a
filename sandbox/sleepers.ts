export interface Sleeper {
  /** By the clock that they sleep on, epoch ms. */
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** Those who sleep on a virtual clock: by wake-up time; at equal times, in the order in which they fell asleep. */
export class Sleepers {
  readonly #queue: Sleeper[] = [];

  get first(): Sleeper | undefined {
    return this.#queue[0];
  }

  /** Resolves once somebody takes it out and wakes it, or with the signal. */
  add(wakeAt: number, over?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (over?.aborted) return resolve();
      const endEarly = () => {
        this.#queue.splice(this.#queue.indexOf(sleeper), 1);
        resolve();
      };
      const wake = () => {
        over?.removeEventListener('abort', endEarly);
        resolve();
      };
      const sleeper = { wakeAt, wake };
      const before = this.#queue.findLastIndex((other) => other.wakeAt <= wakeAt);
      this.#queue.splice(before + 1, 0, sleeper);
      over?.addEventListener('abort', endEarly, { once: true });
    });
  }

  /** Takes out the first one. */
  shift(): Sleeper | undefined {
    return this.#queue.shift();
  }
}

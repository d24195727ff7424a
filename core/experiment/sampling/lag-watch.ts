import type { Clock } from '../../ports/clock.ts';

/** Waking later than this, our own process was too busy to measure. Below is what a garbage collection takes. */
export const toleratedLagMs = 50;

const beatMs = 20;

/** Notices when this process was busy: whatever it timed meanwhile says nothing about anybody else. One for all probes. */
export class LagWatch {
  #laggedMs = 0;
  #seenUntil = Number.NEGATIVE_INFINITY;

  /** How long it was busy so far; of use is only the difference between two moments. */
  get laggedMs(): number {
    return this.#laggedMs;
  }

  /** Something woke at `now` that had wanted to at `wanted`, epoch ms; returns by how much it was too late, 0 where that is tolerated. */
  woke(wanted: number, now: number): number {
    const lateMs = now - wanted;
    if (lateMs <= toleratedLagMs) return 0;
    // Many wake late from the same lag.
    this.#laggedMs += Math.max(0, now - Math.max(wanted, this.#seenUntil));
    this.#seenUntil = now;
    return lateMs;
  }

  /** Watches until `over`, also between samples that are far apart. Useless on a virtual clock, which is never late. */
  async beat(clock: Clock, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const wanted = clock.now() + beatMs;
      await clock.sleep(beatMs, over);
      if (!over.aborted) this.woke(wanted, clock.now());
    }
  }
}

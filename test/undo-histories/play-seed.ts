import { SeededRandom } from '../histories/seeded-random.ts';
import type { Event } from './random-events.ts';
import { Turnstile } from './turnstile.ts';

/** The history of a seed: the same lines whenever it is simulated. */
export interface SeedHistory {
  readonly seed: number;
  readonly lines: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface SeedParts {
  readonly random: SeededRandom;
  readonly clock: Turnstile;
  readonly say: (text: string) => void;
  readonly count: (what: string) => void;
}

const startsAt = Date.parse('2026-11-23T10:00:00Z');

/** Plays a history, and throws, naming its seed and all that has happened, what it throws. `of`: of which simulation it is. */
export async function playSeed(
  seed: number,
  of: string,
  play: (parts: SeedParts) => Promise<void>,
): Promise<SeedHistory> {
  const clock = new Turnstile(startsAt);
  const lines: string[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const say = (text: string) => lines.push(`${new Date(clock.now()).toISOString().slice(11)} ${text}`);
  try {
    await play({ random: new SeededRandom(seed), clock, say, count });
    count('seeds');
    return { seed, lines, counts };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const again = `npm run simulate:soak -- --of ${of} --seeds 1 --from ${seed}`;
    throw new Error(`seed ${seed}: ${text}\n${lines.join('\n')}\nagain: ${again}`, { cause: error });
  }
}

/** Looks, while a history goes on, whether all that must hold does. */
export function watchInvariants(clock: Turnstile, check: () => Promise<void>) {
  const violations: unknown[] = [];
  const watch = {
    /** Keeps what it throws for the next look: whoever makes a call of the product is not to hear of it. */
    guarded: (work: () => Promise<void>) => work().catch((error: unknown) => void violations.push(error)),
    look: async () => {
      await watch.guarded(() => clock.inTurn(check));
      if (violations.length > 0) throw violations[0];
    },
    /** Lets all of it happen, each at its time, and looks each time. */
    play: async (events: readonly Event[]) => {
      const underWay: Promise<void>[] = [];
      for (const { at, happens } of events) {
        await clock.sleep(startsAt + at - clock.now());
        underWay.push(watch.guarded(happens));
        await watch.look();
      }
      await Promise.all(underWay);
      await watch.look();
    },
  };
  return watch;
}

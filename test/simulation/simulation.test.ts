import { describe, expect, test } from 'vitest';
import { play } from './play.ts';

const seeds = 200;
/** Each test plays some, so that a failure names few and workers have something to share. */
const perTest = 20;

describe('the whole control plane, in days of bad weather', () => {
  test.each(Array.from({ length: seeds / perTest }, (_, index) => index * perTest + 1))(
    'invariants hold for %i and the nineteen seeds after it',
    async (first) => {
      const counts: Record<string, number> = {};
      for (let seed = first; seed < first + perTest; seed += 1) {
        for (const [what, count] of Object.entries((await play(seed)).counts)) {
          counts[what] = (counts[what] ?? 0) + count;
        }
      }
      // Something was at stake.
      expect(counts.seeds).toBe(perTest);
      expect(counts['strike succeeded']).toBeGreaterThan(5);
      expect(counts['runs that died']).toBeGreaterThan(5);
      expect(counts.recovered).toBeGreaterThan(5);
    },
  );

  test('a seed plays the same whenever it is played', async () => {
    for (const seed of [3, 44, 101]) {
      const [once, again] = [await play(seed), await play(seed)];
      expect(again).toEqual(once);
      expect(once.lines.length).toBeGreaterThan(0);
    }
  });
});

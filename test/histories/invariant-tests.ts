import { expect, test } from 'vitest';
import { simulateSeed } from './simulate-seed.ts';

/** Tests the seeds from `first` to `last`, some in each test, so that a failure names few. */
export function testInvariants(first: number, last: number, perTest: number): void {
  test.each(Array.from({ length: (last - first + 1) / perTest }, (_, index) => first + index * perTest))(
    `invariants hold for %i and the ${perTest - 1} seeds after it`,
    async (from) => {
      const counts: Record<string, number> = {};
      for (let seed = from; seed < from + perTest; seed += 1) {
        for (const [what, count] of Object.entries((await simulateSeed(seed)).counts)) {
          counts[what] = (counts[what] ?? 0) + count;
        }
      }
      // The simulation was not trivial.
      expect(counts.seeds).toBe(perTest);
      expect(counts['strike succeeded']).toBeGreaterThanOrEqual(perTest / 5);
      expect(counts['runs that died']).toBeGreaterThanOrEqual(perTest / 5);
      expect(counts.recovered).toBeGreaterThanOrEqual(perTest / 5);
    },
  );
}

/** Tests that a seed can be replayed. */
export function testDeterminism(...seeds: readonly number[]): void {
  test.each(seeds)('seed %i plays the same whenever it is played', async (seed) => {
    const [once, again] = [await simulateSeed(seed), await simulateSeed(seed)];
    expect(again).toEqual(once);
    expect(once.lines.length).toBeGreaterThan(0);
  });
}

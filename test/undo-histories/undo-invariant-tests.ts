import { expect, test } from 'vitest';
import { simulateUndoSeed } from './simulate-undo-seed.ts';

/** Tests the seeds from `first` to `last`, some in each test, so that a failure names few. */
export function testUndoInvariants(first: number, last: number, perTest: number): void {
  test.each(Array.from({ length: (last - first + 1) / perTest }, (_, index) => first + index * perTest))(
    `invariants hold for %i and the ${perTest - 1} seeds after it`,
    async (from) => {
      const counts: Record<string, number> = {};
      for (let seed = from; seed < from + perTest; seed += 1) {
        for (const [what, count] of Object.entries((await simulateUndoSeed(seed)).counts)) {
          counts[what] = (counts[what] ?? 0) + count;
        }
      }
      // The simulation was not trivial.
      expect(counts.seeds).toBe(perTest);
      expect(counts.changes).toBeGreaterThan(perTest);
      expect(counts['runs that died']).toBeGreaterThanOrEqual(perTest / 5);
      expect(counts['entry undone']).toBeGreaterThanOrEqual(perTest / 5);
    },
  );
}

/** Tests that a seed can be replayed. */
export function testUndoDeterminism(...seeds: readonly number[]): void {
  test.each(seeds)('seed %i plays the same whenever it is played', async (seed) => {
    const [once, again] = [await simulateUndoSeed(seed), await simulateUndoSeed(seed)];
    expect(again).toEqual(once);
    expect(once.lines.length).toBeGreaterThan(0);
  });
}

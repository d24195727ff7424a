import { expect, test } from 'vitest';
import { simulateExperimentSeed } from './simulate-experiment-seed.ts';

/** Tests the seeds from `first` to `last`, some in each test, so that a failure names few. */
export function testExperimentInvariants(first: number, last: number, perTest: number): void {
  test.each(Array.from({ length: (last - first + 1) / perTest }, (_, index) => first + index * perTest))(
    `invariants hold for %i and the ${perTest - 1} seeds after it`,
    async (from) => {
      for (let seed = from; seed < from + perTest; seed += 1) await simulateExperimentSeed(seed);
    },
  );
}

/** Tests that a seed can be replayed. */
export function testExperimentDeterminism(...seeds: readonly number[]): void {
  test.each(seeds)('seed %i plays the same whenever it is played', async (seed) => {
    const [once, again] = [await simulateExperimentSeed(seed), await simulateExperimentSeed(seed)];
    expect(again).toEqual(once);
    expect(once.lines.length).toBeGreaterThan(0);
  });
}

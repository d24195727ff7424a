import { describe, expect, test } from 'vitest';
import { verdicts } from '#core/reports/experiment-report.ts';
import { testExperimentDeterminism, testExperimentInvariants } from './experiment-invariant-tests.ts';
import { simulateExperimentSeed } from './simulate-experiment-seed.ts';

describe('whole experiments, in much more bad weather', () => {
  testExperimentInvariants(5, 304, 20);
  testExperimentDeterminism(26, 30, 45);

  test('each verdict was come to', async () => {
    const seen = new Set<string>();
    for (let seed = 305; seen.size < verdicts.length && seed <= 900; seed += 1) {
      const { counts } = await simulateExperimentSeed(seed);
      for (const verdict of verdicts) if ((counts[`verdict ${verdict}`] ?? 0) > 0) seen.add(verdict);
    }
    expect([...seen].sort()).toEqual([...verdicts].sort());
  });
});

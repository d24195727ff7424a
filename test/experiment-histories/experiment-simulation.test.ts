import { describe } from 'vitest';
import { testExperimentDeterminism, testExperimentInvariants } from './experiment-invariant-tests.ts';

// Seeds from 7 on are in experiment-simulation.slow.test.ts.
describe('whole experiments, in bad weather', () => {
  testExperimentInvariants(1, 6, 6);
  testExperimentDeterminism(10);
});

import { describe } from 'vitest';
import { testExperimentDeterminism, testExperimentInvariants } from './experiment-invariant-tests.ts';

// Seeds from 5 on are in experiment-simulation.slow.test.ts.
describe('whole experiments, in bad weather', () => {
  testExperimentInvariants(1, 4, 4);
  testExperimentDeterminism(10);
});

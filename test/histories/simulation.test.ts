import { describe } from 'vitest';
import { testDeterminism, testInvariants } from './invariant-tests.ts';

// Seeds from 11 on are in simulation.slow.test.ts.
describe('the whole control plane, in days of bad weather', () => {
  testInvariants(1, 10);
  testDeterminism(3);
});

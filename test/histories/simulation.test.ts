import { describe } from 'vitest';
import { testInvariants } from './invariant-tests.ts';

// Seeds from 6 on are in simulation.slow.test.ts, and whether they play the same again.
describe('the whole control plane, in days of bad weather', () => {
  testInvariants(1, 5, 5);
});

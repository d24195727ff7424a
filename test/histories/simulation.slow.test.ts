import { describe } from 'vitest';
import { testDeterminism, testInvariants } from './invariant-tests.ts';

describe('the whole control plane, in many more days of bad weather', () => {
  testInvariants(11, 200);
  testDeterminism(44, 101);
});

import { describe } from 'vitest';
import { testDeterminism, testInvariants } from './invariant-tests.ts';

describe('the whole control plane, in many more days of bad weather', () => {
  testInvariants(6, 205, 10);
  testDeterminism(44, 101);
});

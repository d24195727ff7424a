import { describe } from 'vitest';
import { testUndoDeterminism, testUndoInvariants } from './undo-invariant-tests.ts';

// Seeds from 11 on are in undo-simulation.slow.test.ts.
describe('faults that last, and what ends them, in bad weather', () => {
  testUndoInvariants(1, 10);
  testUndoDeterminism(7);
});

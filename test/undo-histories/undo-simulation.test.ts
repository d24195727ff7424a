import { describe } from 'vitest';
import { testUndoDeterminism, testUndoInvariants } from './undo-invariant-tests.ts';

// Seeds from 21 on are in undo-simulation.slow.test.ts.
describe('faults that last, and what ends them, in bad weather', () => {
  testUndoInvariants(1, 20);
  testUndoDeterminism(7);
});

import { describe } from 'vitest';
import { testUndoInvariants } from './undo-invariant-tests.ts';

// Seeds from 6 on are in undo-simulation.slow.test.ts, and whether they play the same again.
describe('faults that last, and what ends them, in bad weather', () => {
  testUndoInvariants(1, 5, 5);
});

import { describe } from 'vitest';
import { invariantsHold, playsTheSame } from './invariants-hold.ts';

// Seeds from 21 on are in simulation.slow.test.ts.
describe('the whole control plane, in days of bad weather', () => {
  invariantsHold(1, 20);
  playsTheSame(3);
});

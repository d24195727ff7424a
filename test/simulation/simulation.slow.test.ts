import { describe } from 'vitest';
import { invariantsHold, playsTheSame } from './invariants-hold.ts';

describe('the whole control plane, in many more days of bad weather', () => {
  invariantsHold(21, 200);
  playsTheSame(44, 101);
});

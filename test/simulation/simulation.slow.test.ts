import { describe } from 'vitest';
import { invariantsHold } from './invariants-hold.ts';

describe('the whole control plane, in many more days of bad weather', () => {
  invariantsHold(21, 200);
});

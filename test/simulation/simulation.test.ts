import { describe, expect, test } from 'vitest';
import { invariantsHold } from './invariants-hold.ts';
import { play } from './play.ts';

describe('the whole control plane, in days of bad weather', () => {
  invariantsHold(1, 20);

  test('a seed plays the same whenever it is played', async () => {
    for (const seed of [3, 44, 101]) {
      const [once, again] = [await play(seed), await play(seed)];
      expect(again).toEqual(once);
      expect(once.lines.length).toBeGreaterThan(0);
    }
  });
});

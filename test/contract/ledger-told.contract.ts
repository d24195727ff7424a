import { describe, expect, test } from 'vitest';
import type { Open } from './ledger.contract.ts';

const [today, tomorrow] = ['2026-11-23', '2026-11-24'];

export function toldFacts(open: Open): void {
  describe('what people are told once a day', () => {
    test('is for one of all that would tell it, each day and each cause', async () => {
      const asked = await Promise.all(Array.from({ length: 5 }, () => open().firstToTell(today, 'denied')));
      expect(asked.filter((isFirst) => isFirst)).toHaveLength(1);
      expect(await open().firstToTell(today, 'denied')).toBe(false);
      expect(await open().firstToTell(today, 'throttled')).toBe(true);
      expect(await open().firstToTell(tomorrow, 'denied')).toBe(true);
    });

    test('is for another where it was not told after all', async () => {
      const long = 'denied '.repeat(400);
      expect(await open().firstToTell(today, long)).toBe(true);
      await open().notTold(today, long);
      await open().notTold(today, 'never told');
      expect(await open().firstToTell(today, long)).toBe(true);
    });
  });
}

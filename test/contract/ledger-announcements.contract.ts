import { describe, expect, test } from 'vitest';
import { announcingMs } from '#core/ledger/strike-states.ts';
import type { Open } from './open-ledger.ts';

const [today, tomorrow] = ['2026-11-23', '2026-11-24'];
const now = Date.parse('2026-11-23T09:00:00Z');

export function announcementFacts(open: Open): void {
  describe('daily announcements', () => {
    test('can be claimed by one caller, per day and cause', async () => {
      const asked = await Promise.all(
        Array.from({ length: 5 }, () => open().claimAnnouncement(today, 'denied', now)),
      );
      expect(asked.filter((isFirst) => isFirst)).toHaveLength(1);
      expect(await open().claimAnnouncement(today, 'denied', now)).toBe(false);
      expect(await open().claimAnnouncement(today, 'throttled', now)).toBe(true);
      expect(await open().claimAnnouncement(tomorrow, 'denied', now)).toBe(true);
    });

    test('can be claimed again if it was not made after all', async () => {
      const long = 'denied '.repeat(400);
      expect(await open().claimAnnouncement(today, long, now)).toBe(true);
      await open().notAnnounced(today, long);
      await open().notAnnounced(today, 'never told');
      expect(await open().claimAnnouncement(today, long, now)).toBe(true);
    });

    test('can be claimed again if the claiming caller died, but not once made', async () => {
      const cause = 'died while it told';
      expect(await open().claimAnnouncement(today, cause, now)).toBe(true);
      expect(await open().claimAnnouncement(today, cause, now + announcingMs)).toBe(false);
      expect(await open().claimAnnouncement(today, cause, now + announcingMs + 1)).toBe(true);
      expect(await open().claimAnnouncement(today, cause, now + announcingMs + 1)).toBe(false);
      await open().announced(today, cause);
      expect(await open().claimAnnouncement(today, cause, now + 20 * announcingMs)).toBe(false);
    });
  });
}

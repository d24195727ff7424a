import { describe, expect, test } from 'vitest';
import type { Stop } from '#core/model/control-record.ts';
import type { Open } from './open-ledger.ts';

const stop: Stop = { reason: 'sale day', by: 'arn:aws:iam::1:user/ann', at: '2026-11-23T09:00:00Z' };

export function controlFacts(open: Open): void {
  describe('control', () => {
    test('the secret is 64 hex digits and stays the same', async () => {
      const ledger = open();
      const first = await ledger.control();
      expect(first).toStrictEqual({
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        stop: undefined,
        planAnnounced: undefined,
        unreadable: [],
      });
      expect(await ledger.control()).toStrictEqual(first);
      expect(await open().control()).toStrictEqual(first);
    });

    test('20 concurrent first calls agree on one secret', async () => {
      const controls = await Promise.all(Array.from({ length: 20 }, () => open().control()));
      expect(controls).toHaveLength(20);
      expect(new Set(controls.map(({ secret }) => secret)).size).toBe(1);
    });

    test('a stop is set, read, replaced and lifted, and leaves the secret alone', async () => {
      const ledger = open();
      const { secret } = await ledger.control();
      expect(await ledger.stop()).toBeUndefined();

      await ledger.setStop(stop);
      expect(await open().stop()).toStrictEqual(stop);
      expect(await open().control()).toStrictEqual({
        secret,
        stop,
        planAnnounced: undefined,
        unreadable: [],
      });

      const another = { ...stop, reason: 'incident 4711' };
      await ledger.setStop(another);
      expect(await ledger.stop()).toStrictEqual(another);

      await ledger.setStop(undefined);
      expect(await ledger.stop()).toBeUndefined();
      expect(await ledger.control()).toStrictEqual({
        secret,
        stop: undefined,
        planAnnounced: undefined,
        unreadable: [],
      });
    });

    test('the day whose plan was announced is kept, and a later one replaces it', async () => {
      const ledger = open();
      // Before the secret was made, as well.
      await ledger.setPlanAnnounced('2026-11-22');
      const { secret } = await ledger.control();
      await ledger.setPlanAnnounced('2026-11-23');
      await ledger.setStop(stop);
      expect(await open().control()).toStrictEqual({
        secret,
        stop,
        planAnnounced: '2026-11-23',
        unreadable: [],
      });
      expect(await open().stop()).toStrictEqual(stop);
    });

    test('a stop can be set, read and lifted before the first run', async () => {
      const ledger = open();
      expect(await ledger.stop()).toBeUndefined();
      await ledger.setStop(undefined);
      await ledger.setStop(stop);
      expect(await ledger.stop()).toStrictEqual(stop);
      expect(await ledger.control()).toStrictEqual({
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        stop,
        planAnnounced: undefined,
        unreadable: [],
      });
    });
  });
}

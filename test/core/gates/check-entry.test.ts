import { describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { checkEntry } from '#core/gates/check-entry.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aConfig } from '../../support/a-config.ts';
import { slotAt } from '../../support/a-decision-context.ts';
import { aWorld, fixedClock } from '../../support/a-world.ts';

const slot = slotAt('2026-11-23T09:00:00Z');

async function entered(
  mode: 'live' | 'leashed',
  { now = slot.id, ledger = () => ({}) }: { now?: string; ledger?: (real: Ledger) => Partial<Ledger> } = {},
) {
  const world = aWorld({ clock: fixedClock(now) });
  const own = { ...world, ledger: { ...world.ledger, ...ledger(world.ledger) } };
  return checkEntry(slot, mode, makeCalendar(aConfig()), own);
}
const closedOf = ({ gates }: Awaited<ReturnType<typeof entered>>) =>
  gates.verdicts.filter(({ open }) => !open).map(({ gate }) => gate);

describe('checkEntry', () => {
  test.each(['live', 'leashed'] as const)('lets a %s run in where all gates are open', async (mode) => {
    const entry = await entered(mode);
    expect(entry).toMatchObject({ gates: { closed: false }, failures: [] });
    expect(entry.control?.secret).toMatch(/^(ab)+$/);
    expect(closedOf(entry)).toEqual([]);
  });

  test('where a gate of live runs is closed, lets leashed ones in', async () => {
    const evening = { now: '2026-11-23T22:00:00Z' };
    expect((await entered('live', evening)).control).toBeUndefined();
    const leashed = await entered('leashed', evening);
    expect(leashed.control).toBeDefined();
    expect(closedOf(leashed)).toEqual(['schedule']);
  });

  test.each(['live', 'leashed'] as const)('lets no %s run in while a stop is set', async (mode) => {
    const stop = { reason: 'sale', by: 'ann', at: slot.id };
    const entry = await entered(mode, {
      ledger: (real) => ({ control: async () => ({ ...(await real.control()), stop }) }),
    });
    expect(entry).toMatchObject({ gates: { closed: true }, control: undefined, failures: [] });
    expect(closedOf(entry)).toEqual(['stop']);
  });

  test.each(['live', 'leashed'] as const)(
    'lets no %s run in where the ledger cannot be read',
    async (mode) => {
      const entry = await entered(mode, {
        ledger: () => ({ control: async () => Promise.reject(new Error('table gone')) }),
      });
      expect(entry.control).toBeUndefined();
      expect(entry.gates.closed).toBe(true);
      expect(closedOf(entry)).toEqual(['stop']);
      expect(entry.failures).toEqual([{ stage: 'control', code: 'Error', message: 'table gone' }]);
    },
  );

  test('names what cannot be read beside the control item, and goes on', async () => {
    const item = { table: 'ledger', pk: 'control', sk: 'plan', why: 'day: found 7', group: undefined };
    const entry = await entered('live', {
      ledger: (real) => ({ control: async () => ({ ...(await real.control()), unreadable: [item] }) }),
    });
    expect(entry.control).toBeDefined();
    expect(entry.failures).toMatchObject([{ stage: 'control', code: 'UnreadableItem' }]);
  });
});

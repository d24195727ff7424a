import { expect, test } from 'vitest';
import { aClaim } from '../../support/a-claim.ts';
import { aBreakableWorld } from './a-breakable-world.ts';
import { strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');

test.each([
  ...(['ledger begin', 'read', 'arm', 'ledger changeUndo'] as const).map(
    (call) => ['schedule', call] as const,
  ),
  ...(['ledger begin', 'read', 'ledger changeUndo'] as const).map((call) => ['aws', call] as const),
])(
  'a fault that ends by %s is not injected where it is over in %s before, and leaves nothing',
  async (ends, at) => {
    const world = aBreakableWorld({ ends, stepsOfFault: 1, startsAt });
    const over = new AbortController();
    const after: string[] = [];
    const { world: run } = world.process((_, name) => {
      if (over.signal.aborted) after.push(name);
      if (name === at) over.abort();
      return 'works';
    });
    expect(await strikeOnce(run, aClaim(), over.signal)).toBe('failed');
    expect(after).not.toContain('write');
    if (at !== 'arm') expect(after).not.toContain('arm');
    expect(world.settings()).toStrictEqual({ left: 'a', right: 'b' });
    expect(world.scheduled.size).toBe(0);
    expect(await world.openEntries()).toStrictEqual([]);
    expect((await world.ledger.endedUndos(1)).found).toMatchObject([{ end: 'withdrawn' }]);
    expect((await world.ledger.openStrikes()).found).toEqual([]);
  },
);

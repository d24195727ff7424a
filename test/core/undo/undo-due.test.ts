import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { undoDue } from '#core/undo/undo-due.ts';
import { aClaim } from '../../support/a-claim.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';
import { aBreakableWorld } from './a-breakable-world.ts';

const startsAt = Date.parse('2026-11-23T10:00:00Z');
const slow = '222222222222';

interface Place {
  readonly account: string;
  readonly region?: string;
  readonly attempts?: number;
}

/** Entries of these places; `undo`: what the fault does there. */
async function aRound(places: readonly Place[], undo: (place: Place) => ReturnType<LastingFault['undo']>) {
  const breakable = aBreakableWorld({ ends: 'aws', stepsOfFault: 1, startsAt });
  const { world } = breakable.process(() => 'works');
  const begun: string[] = [];
  const fault: LastingFault = {
    ...(world.faults.get('settings') as LastingFault),
    undo: async (_hand, { account, region, id }) => {
      begun.push(id);
      return undo({ account, region });
    },
  };
  for (const [index, { account, region = 'eu-west-1', attempts = 0 }] of places.entries()) {
    const claim = aClaim({ slot: `slot-${index}`, group: `${account}/${region}/asg/${index}`, budgets: [] });
    const entry = anUndoEntry({
      ...{
        slot: claim.slot,
        group: claim.group,
        target: { ...claim.target, account, region, id: `${index}` },
        locks: [],
        attempts,
      },
      ...{ fault: { name: 'settings', parameters: {} }, saved: { left: 'a', right: 'b' } },
      ...{ state: 'active', activeAt: '2026-11-23T09:00:02.000Z' },
    });
    await breakable.ledger.claim({ ...claim, undo: entry.id }, entry);
  }
  const round = (timeMs: number) => {
    const deadline = world.clock.now() + timeMs;
    const faults = new Map([['settings', fault]]);
    return undoDue({}, { runId: 'janitor', deadline, surveyBy: deadline }, { ...world, faults });
  };
  return { ...breakable, begun, round };
}

describe('a round', () => {
  test('undoes elsewhere what it can while one region of an account is slow', async () => {
    const answers = Promise.withResolvers<void>();
    const { begun, round } = await aRound(
      [
        ...Array.from({ length: 10 }, () => ({ account: slow, region: 'us-east-1' })),
        ...[{ account: '333333333333' }, { account: slow, region: 'eu-west-1' }],
      ],
      async ({ account, region }) => {
        if (account === slow && region === 'us-east-1') await answers.promise;
        return { outcome: 'undone' };
      },
    );
    const done = round(50_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun).toHaveLength(6);
    expect(begun).toEqual(expect.arrayContaining(['10', '11']));
    answers.resolve();
    expect(await done).toMatchObject({ open: 0 });
  });

  test('tries what never failed before what has', async () => {
    const failed = Array.from({ length: 8 }, () => ({ account: slow, attempts: 3 }));
    const { begun, round } = await aRound([...failed, { account: slow }], async () => ({
      outcome: 'undone',
    }));
    await round(50_000);
    expect(begun[0]).toBe('8');
  });

  test('leaves what it has no time to begin as it is', async () => {
    const { begun, round, openEntries } = await aRound([{ account: slow }], async () => ({
      outcome: 'undone',
    }));
    const before = await openEntries();
    expect(await round(1_000)).toMatchObject({ strikes: [{ outcome: 'waits' }], open: 1, failures: [] });
    expect(begun).toEqual([]);
    expect(await openEntries()).toEqual(before);
  });

  test('counts no attempt as failed for which its last seconds were too few', async () => {
    const found = await aRound([{ account: slow }], async () => {
      found.pass(6_000);
      throw new Error('no time was left');
    });
    expect(await found.round(5_000)).toMatchObject({ strikes: [{ outcome: 'waits' }], failures: [] });
    expect(await found.openEntries()).toMatchObject([{ state: 'undoing', attempts: 0 }]);
  });

  test('counts one as failed that had time enough', async () => {
    const found = await aRound([{ account: slow }], async () => {
      found.pass(50_000);
      throw new Error('it is slow');
    });
    expect(await found.round(50_000)).toMatchObject({ strikes: [{ outcome: 'failing' }] });
    expect(await found.openEntries()).toMatchObject([{ state: 'undo-failed', attempts: 1 }]);
  });
});

import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { undoDue } from '#core/undo/undo-due.ts';
import { aClaim } from '../../support/a-claim.ts';
import { anUndoEntry } from '../../support/an-undo-entry.ts';
import { aBreakableWorld } from './a-breakable-world.ts';

const startsAt = Date.parse('2026-11-23T10:00:00Z');
const slow = '222222222222';

/** Entries of one account, and of others; `undo`: what the fault does in an account. */
async function aRound(
  accounts: readonly string[],
  undo: (account: string) => ReturnType<LastingFault['undo']>,
) {
  const breakable = aBreakableWorld({ ends: 'aws', stepsOfFault: 1, startsAt });
  const { world } = breakable.process(() => 'works');
  const begun: string[] = [];
  const fault: LastingFault = {
    ...(world.faults.get('settings') as LastingFault),
    undo: async (_hand, { account }) => {
      begun.push(account);
      return undo(account);
    },
  };
  for (const [index, account] of accounts.entries()) {
    const claim = aClaim({ slot: `slot-${index}`, group: `${account}/eu-west-1/asg/${index}`, budgets: [] });
    const entry = anUndoEntry({
      ...{ slot: claim.slot, group: claim.group, target: { ...claim.target, account }, locks: [] },
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
  test('undoes in other accounts what it can while one of them is slow', async () => {
    const others = ['333333333333', '444444444444'];
    const answers = Promise.withResolvers<void>();
    const { begun, round } = await aRound(
      [...Array.from({ length: 10 }, () => slow), ...others],
      async (account) => {
        if (account === slow) await answers.promise;
        return { outcome: 'undone' };
      },
    );
    const done = round(50_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun).toEqual(expect.arrayContaining(others));
    expect(begun.filter((account) => account === slow)).toHaveLength(4);
    answers.resolve();
    expect(await done).toMatchObject({ open: 0 });
  });

  test('leaves what it has no time to begin as it is', async () => {
    const { begun, round, openEntries } = await aRound([slow], async () => ({ outcome: 'undone' }));
    const before = await openEntries();
    expect(await round(1_000)).toMatchObject({ strikes: [{ outcome: 'waits' }], open: 1, failures: [] });
    expect(begun).toEqual([]);
    expect(await openEntries()).toEqual(before);
  });

  test('counts no attempt as failed for which its last seconds were too few', async () => {
    const found = await aRound([slow], async () => {
      found.pass(6_000);
      throw new Error('no time was left');
    });
    expect(await found.round(5_000)).toMatchObject({ strikes: [{ outcome: 'waits' }], failures: [] });
    expect(await found.openEntries()).toMatchObject([{ state: 'undoing', attempts: 0 }]);
  });

  test('counts one as failed that had time enough', async () => {
    const found = await aRound([slow], async () => {
      found.pass(50_000);
      throw new Error('it is slow');
    });
    expect(await found.round(50_000)).toMatchObject({ strikes: [{ outcome: 'failing' }] });
    expect(await found.openEntries()).toMatchObject([{ state: 'undo-failed', attempts: 1 }]);
  });
});

import { describe, expect, test } from 'vitest';
import { listBudgets } from '#core/ledger/budgets.ts';
import { ownStrikes } from '#core/ledger/own-strikes.ts';
import type { BudgetLimit } from '#core/model/budget.ts';
import { experimentSlot, experimentSlots } from '#core/model/experiment-slot.ts';
import type { ClaimOutcome } from '#core/model/strike.ts';
import { undoIdOf } from '#core/model/undo-entry.ts';
import { aClaim, aRecovery } from '../support/a-claim.ts';
import { aConfig } from '../support/a-config.ts';
import { anUndoEntry } from '../support/an-undo-entry.ts';
import type { Open } from './open-ledger.ts';

const config = aConfig({ budgets: { unverified: { region: 1, app: 1, group: 1 } } });
const [mine, theirs] = ['20261123T090000Z-00000001', '20261123T090000Z-00000002'];
const [images, orders] = ['images', 'orders'].map((name) => `222222222222/eu-west-1/function/${name}`) as [
  string,
  string,
];
const at = '2026-11-23T09:05:03.000Z';

/** A fault that lasts, as a step of an experiment strikes with it. */
interface Blow {
  readonly group: string;
  readonly step: string;
  readonly by?: string;
  readonly lock?: string;
}

/** The strikes of one experiment, on whatever it has struck already. */
export function ownStrikeFacts(open: Open): void {
  const claimOf = async ({ group, step, by = mine, lock = step }: Blow) => {
    const { found } = await open().openStrikes();
    const own = ownStrikes(found, experimentSlots(by));
    const { account, region } = aClaim().target;
    const version = (await open().groupRecords([group])).found.get(group)?.version ?? 0;
    const claim = aClaim({
      ...{ slot: experimentSlot(by, 1, step, 0), runId: by, group, app: 'shop', version },
      budgets: [...listBudgets({ account, region, group }, 'shop', '2026-11-23', config, [], own)],
    });
    const { slot, runId } = claim;
    const undo = anUndoEntry({ id: undoIdOf(claim), slot, runId, group, locks: [lock] });
    return { claim: { ...claim, undo: undo.id }, undo };
  };
  const strike = async (blow: Blow): Promise<ClaimOutcome> => {
    const { claim, undo } = await claimOf(blow);
    const outcome = await open().claim(claim, undo);
    if (outcome.status !== 'claimed') return outcome;
    await open().begin(claim);
    await open().settle(claim, { outcome: 'succeeded', detail: '' });
    return outcome;
  };
  const undo = async (step: string) => {
    const { found } = await open().openUndos();
    for (const entry of found.filter(({ slot }) => slot.includes(`/${step}/`))) {
      await open().endUndo(entry, 'undone', at);
    }
  };
  const used = async (budgets: readonly BudgetLimit[]) => (await open().usage(budgets)).found;

  describe('strikes of one experiment', () => {
    test('a second fault on a group counts no more than the first', async () => {
      expect(await strike({ group: images, step: 'slow' })).toEqual({ status: 'claimed' });
      const { claim } = await claimOf({ group: images, step: 'failing' });
      expect(claim.budgets.map(({ count }) => count)).toEqual([0, 0, 0]);
      expect(await strike({ group: images, step: 'failing' })).toEqual({ status: 'claimed' });
      expect(await used(claim.budgets)).toEqual([1, 1, 1]);
      expect(await strike({ group: orders, step: 'other' })).toMatchObject({ status: 'exhausted' });
    });

    test('what is undone does not stand in the way of the next, on whatever group', async () => {
      for (const [step, group] of [
        ['slow', images],
        ['failing', images],
        ['other', orders],
      ] as const) {
        expect(await strike({ group, step })).toEqual({ status: 'claimed' });
        await undo(step);
      }
      const { found } = await open().openStrikes();
      for (const one of found) await open().close(one, aRecovery());
      expect(await used(found.flatMap(({ budgets }) => budgets))).toEqual(Array(9).fill(0));
    });

    test('what is undone on a group under another fault of it does', async () => {
      await strike({ group: images, step: 'slow' });
      await strike({ group: images, step: 'failing' });
      await undo('slow');
      expect(await strike({ group: orders, step: 'other' })).toMatchObject({ status: 'exhausted' });
      await undo('failing');
      expect(await strike({ group: orders, step: 'other' })).toEqual({ status: 'claimed' });
    });

    test('all of them count for everybody else, undone or not', async () => {
      await strike({ group: images, step: 'slow' });
      const another = { group: images, step: 'failing', by: theirs };
      expect(await strike(another)).toMatchObject({ status: 'exhausted' });
      await undo('slow');
      expect(await strike(another)).toMatchObject({ status: 'exhausted' });
    });

    test('two faults that would change the same thing are never in effect at once', async () => {
      const lock = 'arn:aws:ssm:eu-west-1:222222222222:parameter/images';
      await strike({ group: images, step: 'slow', lock });
      const second = { group: images, step: 'failing', lock };
      expect(await strike(second)).toMatchObject({ status: 'locked', lock: { arn: lock, runId: mine } });
      await undo('slow');
      expect(await strike(second)).toEqual({ status: 'claimed' });
    });
  });
}

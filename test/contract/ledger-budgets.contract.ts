import { describe, expect, test } from 'vitest';
import type { BudgetLimit } from '#core/model/budget.ts';
import { aBudget, aClaim, aRecovery } from '../support/a-claim.ts';
import type { Open } from './open-ledger.ts';

/** Every scope, over a day and over what is open. */
const all: readonly BudgetLimit[] = [
  { scope: 'organization', of: '' } as const,
  { scope: 'account', of: '222222222222' } as const,
  { scope: 'region', of: 'eu-west-1' } as const,
  { scope: 'app', of: 'shop' } as const,
  { scope: 'group', of: '222222222222/eu-west-1/asg/web' } as const,
].flatMap((budget) => [
  { ...budget, over: '2026-11-23', max: 3 },
  { ...budget, over: 'unverified', max: 2 },
]);
const times = (count: number) => all.map(() => count);

export function budgetFacts(open: Open): void {
  describe('budgets', () => {
    test('nothing is used at first', async () => {
      expect((await open().usage(all)).found).toStrictEqual(times(0));
      expect((await open().usage([])).found).toStrictEqual([]);
    });

    test('a claim counts in each of its budgets, and in no other', async () => {
      await open().claim(aClaim({ budgets: all }));
      expect((await open().usage(all)).found).toStrictEqual(times(1));
      const others = [
        aBudget({ over: '2026-11-24' }),
        aBudget({ scope: 'account', of: '333333333333' }),
        aBudget({ scope: 'region', of: '222222222222' }),
        aBudget({ scope: 'app', of: 'eu-west-1' }),
      ];
      expect((await open().usage(others)).found).toStrictEqual([0, 0, 0, 0]);
    });

    test('a budget that is not in the claim is neither counted nor refunded', async () => {
      const [organization, app] = [aBudget(), aBudget({ scope: 'app', of: 'shop' })];
      const one = aClaim({ budgets: [organization] });
      await open().claim(one);
      await open().claim(aClaim({ group: 'other', budgets: [organization, app] }));
      await open().settle(one, { outcome: 'failed', detail: '' });
      expect((await open().usage([organization, app])).found).toStrictEqual([1, 1]);
    });

    test.each(all.map((budget) => [budget.scope, budget.over, budget] as const))(
      'a claim beyond the budget of %s over %s is refused, and changes nothing',
      async (_scope, _over, budget) => {
        for (let index = 0; index < budget.max; index += 1) {
          await open().claim(aClaim({ group: `group-${index}`, budgets: [budget] }));
        }
        const beyond = aClaim({ group: 'beyond', budgets: [aBudget({ scope: 'app', of: 'free' }), budget] });
        expect(await open().claim(beyond)).toStrictEqual({ status: 'exhausted', budget });
        expect((await open().usage(beyond.budgets)).found).toStrictEqual([0, budget.max]);
        expect((await open().recentStrikes('beyond', 1)).found).toStrictEqual([]);
        expect((await open().groupRecords(['beyond'])).found.get('beyond')?.version).toBe(0);
        expect((await open().openStrikes()).found).toHaveLength(budget.max);
      },
    );

    test('of several exhausted budgets the first is named', async () => {
      const [day, now] = [aBudget({ max: 1 }), aBudget({ over: 'unverified', max: 1 })];
      await open().claim(aClaim({ budgets: [day, now] }));
      const other = aClaim({ group: 'other' });
      expect(await open().claim({ ...other, budgets: [day, now] })).toMatchObject({ budget: day });
      expect(await open().claim({ ...other, budgets: [now, day] })).toMatchObject({ budget: now });
    });

    test('a budget of 0 is exhausted from the start', async () => {
      const [some, none] = [aBudget(), aBudget({ over: 'unverified', max: 0 })];
      expect(await open().claim(aClaim({ budgets: [some, none] }))).toStrictEqual({
        status: 'exhausted',
        budget: none,
      });
      expect((await open().usage([some, none])).found).toStrictEqual([0, 0]);

      // Told before who has the slot: no claim of it could have been made.
      await open().claim(aClaim({ budgets: [some] }));
      expect(await open().claim(aClaim({ runId: 'another', budgets: [some, none] }))).toStrictEqual({
        status: 'exhausted',
        budget: none,
      });
    });

    test('a budget lowered below its use refuses; a raised one allows', async () => {
      for (const group of ['a', 'b']) await open().claim(aClaim({ group, budgets: [aBudget({ max: 2 })] }));
      const claimWith = (max: number) => open().claim(aClaim({ group: 'c', budgets: [aBudget({ max })] }));
      expect(await claimWith(1)).toMatchObject({ status: 'exhausted' });
      expect(await claimWith(2)).toMatchObject({ status: 'exhausted' });
      expect(await claimWith(3)).toStrictEqual({ status: 'claimed' });
    });

    test('a taken slot and a changed record are reported before an exhausted budget', async () => {
      const budgets = [aBudget({ max: 1 })];
      await open().claim(aClaim({ budgets }));
      expect(await open().claim(aClaim({ runId: 'another', budgets }))).toMatchObject({ status: 'taken' });
      const later = aClaim({ slot: '2026-11-23T10:00:00Z', budgets });
      expect(await open().claim(later)).toStrictEqual({ status: 'changed' });
      expect(await open().claim({ ...later, version: 1 })).toMatchObject({ status: 'exhausted' });
    });

    test('a failed strike refunds all of its budgets', async () => {
      const strike = aClaim({ budgets: all });
      await open().claim(strike);
      await open().begin(strike);
      expect((await open().usage(all)).found).toStrictEqual(times(1));
      await open().settle(strike, { outcome: 'failed', detail: 'denied' });
      expect((await open().usage(all)).found).toStrictEqual(times(0));
    });

    test.each(['succeeded', 'unknown'] as const)(
      'a strike that %s stays counted, and once its group is looked after only on its day',
      async (outcome) => {
        const strike = aClaim({ budgets: all });
        await open().claim(strike);
        await open().begin(strike);
        await open().settle(strike, { outcome, detail: '' });
        expect((await open().usage(all)).found).toStrictEqual(times(1));
        await open().close(strike, aRecovery());
        expect((await open().usage(all)).found).toStrictEqual(
          all.map(({ over }) => (over === 'unverified' ? 0 : 1)),
        );
      },
    );

    test('a claim counts as many as it hits, and is refused where not all of it has room', async () => {
      const [day, now] = [aBudget({ max: 5, count: 3 }), aBudget({ over: 'unverified', max: 4, count: 2 })];
      const strike = aClaim({ budgets: [day, now] });
      expect(await open().claim(strike)).toStrictEqual({ status: 'claimed' });
      expect((await open().usage([day, now])).found).toStrictEqual([3, 2]);
      const second = aClaim({ group: 'second', budgets: [day] });
      expect(await open().claim(second)).toStrictEqual({ status: 'exhausted', budget: day });
      expect(await open().claim({ ...second, budgets: [{ ...day, count: 2 }] })).toStrictEqual({
        status: 'claimed',
      });
      await open().settle(strike, { outcome: 'succeeded', detail: '' });
      await open().close(strike, aRecovery());
      expect((await open().usage([day, now])).found).toStrictEqual([5, 0]);
      await open().claim(aClaim({ group: 'third', budgets: [now] }));
      await open().settle(aClaim({ group: 'third' }), { outcome: 'failed', detail: '' });
      expect((await open().usage([now])).found).toStrictEqual([0]);
    });

    test('a claim that hits more than a budget has from the start is refused', async () => {
      const budget = aBudget({ max: 1, count: 2 });
      expect(await open().claim(aClaim({ budgets: [budget] }))).toStrictEqual({
        status: 'exhausted',
        budget,
      });
    });

    test('a claim is refused once the record of another group that it hits has changed', async () => {
      const others = [{ group: 'other', version: 0 }];
      const veto = {
        reason: 'release',
        by: 'ann',
        at: '2026-11-23T09:00:00Z',
        until: '2026-11-24T09:00:00Z',
      };
      await open().setVeto('other', veto);
      const budgets = [aBudget()];
      const claim = aClaim({ budgets, others });
      expect(await open().claim(claim)).toStrictEqual({ status: 'changed', other: 'other' });
      expect((await open().usage(budgets)).found).toStrictEqual([0]);
      const again = { ...claim, others: [{ group: 'other', version: 1 }] };
      expect(await open().claim(again)).toStrictEqual({ status: 'claimed' });
      // Nobody strikes the other group on what was known before, either.
      expect(await open().claim(aClaim({ group: 'other', version: 1 }))).toStrictEqual({ status: 'changed' });
      const { veto: kept, last } = (await open().groupRecords(['other'])).found.get('other') ?? {};
      expect({ kept, last }).toStrictEqual({ kept: veto, last: undefined });
    });

    test('a refunded budget can be claimed', async () => {
      const budgets = [aBudget({ over: 'unverified', max: 1 })];
      const first = aClaim({ budgets });
      await open().claim(first);
      const second = aClaim({ group: 'other', budgets });
      expect(await open().claim(second)).toMatchObject({ status: 'exhausted' });
      await open().settle(first, { outcome: 'succeeded', detail: '' });
      await open().close(first, aRecovery());
      expect(await open().claim(second)).toStrictEqual({ status: 'claimed' });
    });

    test('of 50 groups claimed concurrently by 50 runs, as many win as the budget allows', async () => {
      const budgets = [aBudget({ max: 7 })];
      const claims = Array.from({ length: 50 }, (_, index) =>
        aClaim({ group: `group-${index}`, runId: `run-${index}`, budgets }),
      );
      const outcomes = await Promise.all(claims.map((one) => open().claim(one)));
      expect(outcomes.filter(({ status }) => status === 'claimed')).toHaveLength(7);
      expect(outcomes.filter(({ status }) => status === 'exhausted')).toHaveLength(43);
      expect((await open().usage(budgets)).found).toStrictEqual([7]);
      expect((await open().openStrikes()).found).toHaveLength(7);
    });
  });
}

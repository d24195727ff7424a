import { describe, expect, test } from 'vitest';
import type { Stop } from '#core/model/control-record.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aBudget, aClaim, aStrikeEntry } from '../support/a-claim.ts';
import type { Open } from './open-ledger.ts';

const stop: Stop = { reason: 'sale day', by: 'ann', at: '2026-11-23T09:00:00Z' };
const claim = aClaim();
const { group } = claim;
const claimed = { status: 'claimed' };

export function claimFacts(open: Open): void {
  const record = async (ledger: Ledger) => (await ledger.groupRecords([group])).found.get(group);

  describe('claims', () => {
    test('a group is claimed once per slot, and the next run learns by whom', async () => {
      expect(await open().claim(claim)).toStrictEqual(claimed);
      const later = { ...claim, runId: '20261123T090000Z-00000002', healthy: 2 };
      const taken = { status: 'taken', existing: aStrikeEntry() };
      expect(await open().claim(later)).toStrictEqual(taken);
      expect(await open().claim({ ...later, version: 1 })).toStrictEqual(taken);
    });

    test('a repeated claim of the same run is the same claim, and counts once', async () => {
      const budgets = [aBudget({ max: 1 })];
      expect(await open().claim({ ...claim, budgets })).toStrictEqual(claimed);
      expect(await open().claim({ ...claim, budgets })).toStrictEqual(claimed);
      expect((await open().usage(budgets)).found).toStrictEqual([1]);
      expect(await record(open())).toMatchObject({ version: 1 });
    });

    test('once begun, it is taken for its own run too', async () => {
      await open().claim(claim);
      await open().begin(claim);
      expect(await open().claim(claim)).toStrictEqual({
        status: 'taken',
        existing: aStrikeEntry({ state: 'striking' }),
      });
    });

    test('of 50 concurrent claims exactly one wins, and all others learn which', async () => {
      const claims = Array.from({ length: 50 }, (_, index) => ({ ...claim, runId: `run-${index}` }));
      const outcomes = await Promise.all(claims.map((one) => open().claim(one)));
      const winners = claims.filter((_, index) => outcomes[index]?.status === 'claimed');
      expect(winners).toHaveLength(1);
      expect(outcomes.filter(({ status }) => status === 'taken')).toStrictEqual(
        Array.from({ length: 49 }, () => ({
          status: 'taken',
          existing: aStrikeEntry({ runId: winners[0]?.runId ?? '' }),
        })),
      );
    });

    test('of decisions on the same record, made in different slots, one wins', async () => {
      expect(await open().claim(claim)).toStrictEqual(claimed);
      const another = { ...claim, slot: '2026-11-23T10:00:00Z', runId: 'run-2' };
      expect(await open().claim(another)).toStrictEqual({ status: 'changed' });
      expect(await open().claim({ ...another, version: 1 })).toStrictEqual(claimed);
      expect(await open().claim({ ...another, runId: 'run-3' })).toStrictEqual({
        status: 'taken',
        existing: aStrikeEntry({ ...another, version: 1 }),
      });
    });

    test('it is the last strike of its group', async () => {
      await open().claim(claim);
      expect(await record(open())).toStrictEqual({
        version: 1,
        last: { slot: claim.slot, day: '2026-11-23', at: '2026-11-23T09:00:01.000Z' },
        veto: undefined,
        leash: undefined,
      });
    });

    test('other groups and other slots are other claims', async () => {
      await open().claim(claim);
      const others = [
        aClaim({ group: '222222222222/eu-west-1/asg/api' }),
        aClaim({ group: '222222222222/us-east-1/asg/web' }),
        aClaim({ slot: '2026-11-23T10:00:00Z', version: 1 }),
        aClaim({ slot: 'adhoc/3f9a1c2b', version: 2 }),
      ];
      const ledger = open();
      const outcomes = [];
      for (const other of others) outcomes.push(await ledger.claim(other));
      expect(outcomes).toStrictEqual(others.map(() => claimed));
    });

    test('one run claims 100 groups at once', async () => {
      const budgets = [aBudget({ max: 100 })];
      const claims = Array.from({ length: 100 }, (_, index) => aClaim({ group: `group-${index}`, budgets }));
      const ledger = open();
      expect(await Promise.all(claims.map((one) => ledger.claim(one)))).toStrictEqual(
        claims.map(() => claimed),
      );
      expect((await ledger.usage(budgets)).found).toStrictEqual([100]);
    });

    test('it is read back as it was claimed', async () => {
      const full = aClaim({
        target: { ...claim.target, facts: { list: [1, { half: 0.5, none: null, yes: true }], text: '' } },
        fault: {
          name: 'ec2-stop',
          parameters: { list: [1, { half: 0.5, none: null, yes: true }], text: '' },
        },
        app: undefined,
        healthy: 2.5,
        budgets: [aBudget(), aBudget({ scope: 'app', of: 'wëb 🐒', over: 'unverified', max: 1 })],
      });
      await open().claim(full);
      const expected = { ...full, state: 'planned', detail: '', recovery: undefined };
      expect((await open().openStrikes()).found).toStrictEqual([expected]);
      expect((await open().recentStrikes(group, 1)).found).toStrictEqual([expected]);
    });
  });

  describe('a strike', () => {
    test('is begun once', async () => {
      await open().claim(claim);
      expect(await open().begin(claim)).toBe('begun');
      expect(await open().begin(claim)).toBe('gone');
      expect((await open().openStrikes()).found).toStrictEqual([aStrikeEntry({ state: 'striking' })]);
    });

    test('is begun once by 20 concurrent callers', async () => {
      await open().claim(claim);
      const told = await Promise.all(Array.from({ length: 20 }, () => open().begin(claim)));
      expect(told.toSorted()).toStrictEqual(['begun', ...Array.from({ length: 19 }, () => 'gone')]);
    });

    test('is gone if nothing was claimed, or another run claimed it', async () => {
      expect(await open().begin(claim)).toBe('gone');
      await open().claim(claim);
      expect(await open().begin({ ...claim, runId: 'another' })).toBe('gone');
      expect(await open().begin(claim)).toBe('begun');
    });

    test('is gone once a later run has settled it', async () => {
      await open().claim(claim);
      await open().settle(claim, { outcome: 'failed', detail: 'its run died' });
      expect(await open().begin(claim)).toBe('gone');
    });

    test('is not begun under a stop, and its claim leaves nothing behind', async () => {
      const budgets = [aBudget({ max: 1 }), aBudget({ over: 'unverified', max: 1 })];
      await open().claim({ ...claim, budgets });
      await open().setStop(stop);
      expect(await open().begin(claim)).toBe('stopped');

      expect((await open().openStrikes()).found).toStrictEqual([]);
      expect((await open().recentStrikes(group, 9)).found).toStrictEqual([]);
      expect((await open().usage(budgets)).found).toStrictEqual([0, 0]);
      const after = await record(open());
      expect(after).toMatchObject({ last: undefined });
      expect(after?.version).toBeGreaterThan(1);

      expect(await open().begin(claim)).toBe('gone');
      await open().setStop(undefined);
      expect(await open().begin(claim)).toBe('gone');
      const again = { ...claim, version: after?.version ?? 0, budgets };
      expect(await open().claim(again)).toStrictEqual(claimed);
      expect(await open().begin(again)).toBe('begun');
    });

    test('withdrawn under a stop leaves the previous strike as the last', async () => {
      await open().claim(claim);
      const later = { ...claim, slot: '2026-11-24T09:00:00Z', day: '2026-11-24', version: 1 };
      await open().claim(later);
      await open().setStop(stop);
      expect(await open().begin(later)).toBe('stopped');
      expect(await record(open())).toMatchObject({ last: { slot: claim.slot, day: '2026-11-23' } });
    });

    test('cannot begin once a stop is set, and began at most once before', async () => {
      const claims = Array.from({ length: 20 }, (_, index) => aClaim({ group: `group-${index}` }));
      const ledger = open();
      for (const one of claims) await ledger.claim(one);
      const underWay = Promise.all(claims.slice(0, 10).map((one) => open().begin(one)));
      await open().setStop(stop);
      const late = await Promise.all(claims.slice(10).map((one) => open().begin(one)));
      expect(late).toStrictEqual(Array.from({ length: 10 }, () => 'stopped'));

      const early = await underWay;
      const begun = claims.filter((_, index) => early[index] === 'begun').map((one) => one.group);
      expect((await open().openStrikes()).found.map((one) => one.group)).toStrictEqual(begun.toSorted());
    });
  });
}

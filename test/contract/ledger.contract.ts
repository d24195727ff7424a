import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Claim, Ledger, Stop } from '#core/ports.ts';
import { aDecision, aReport } from '../support/a-report.ts';

/** A store of its own, empty, with as many ledgers on it as are opened: each stands for a process. */
export type FreshStore = () => Promise<{ open(): Ledger }>;

export const newSecret = () => randomBytes(32).toString('hex');

/** What every ledger does, whatever keeps its records. */
export function ledgerContract(name: string, freshStore: FreshStore): void {
  describe(`ledger: ${name}`, () => {
    let open: () => Ledger;
    let ledger: Ledger;
    beforeEach(async () => {
      const store = await freshStore();
      open = () => store.open();
      ledger = open();
    });

    const stop: Stop = { reason: 'sale day', by: 'arn:aws:iam::1:user/ann', at: '2026-11-23T09:00:00Z' };
    const claim: Claim = {
      slot: '2026-11-23T09:00:00Z',
      group: '111122223333/eu-west-1/asg/web',
      runId: '20261123T090000Z-00000001',
      instanceId: 'i-0123456789abcdef0',
      fault: 'ec2-terminate',
      at: '2026-11-23T09:00:01.000Z',
    };

    describe('control', () => {
      test('the secret is 64 hex digits and stays the same', async () => {
        const first = await ledger.control();
        expect(first).toStrictEqual({ secret: expect.stringMatching(/^[0-9a-f]{64}$/), stop: undefined });
        expect(await ledger.control()).toStrictEqual(first);
        expect(await open().control()).toStrictEqual(first);
      });

      test('20 first calls at once agree on one secret', async () => {
        const controls = await Promise.all(Array.from({ length: 20 }, () => open().control()));
        expect(controls).toHaveLength(20);
        expect(new Set(controls.map(({ secret }) => secret)).size).toBe(1);
      });

      test('a stop is set, read, replaced and lifted, and leaves the secret alone', async () => {
        const { secret } = await ledger.control();
        expect(await ledger.stop()).toBeUndefined();

        await ledger.setStop(stop);
        expect(await open().stop()).toStrictEqual(stop);
        expect(await open().control()).toStrictEqual({ secret, stop });

        const another = { ...stop, reason: 'incident 4711' };
        await ledger.setStop(another);
        expect(await ledger.stop()).toStrictEqual(another);

        await ledger.setStop(undefined);
        expect(await ledger.stop()).toBeUndefined();
        expect(await ledger.control()).toStrictEqual({ secret, stop: undefined });
      });

      test('a stop can be set, read and lifted before any run was made', async () => {
        expect(await ledger.stop()).toBeUndefined();
        await ledger.setStop(undefined);
        await ledger.setStop(stop);
        expect(await ledger.stop()).toStrictEqual(stop);
        expect(await ledger.control()).toStrictEqual({
          secret: expect.stringMatching(/^[0-9a-f]{64}$/),
          stop,
        });
      });
    });

    describe('claims', () => {
      test('a group is claimed once for a slot, and the next is told who has it', async () => {
        expect(await ledger.claim(claim)).toStrictEqual({ status: 'claimed' });
        const later = { ...claim, runId: '20261123T090000Z-00000002', instanceId: 'i-2', fault: 'ec2-stop' };
        expect(await open().claim(later)).toStrictEqual({ status: 'taken', standing: claim });
        expect(await open().claim(later)).toStrictEqual({ status: 'taken', standing: claim });
      });

      test('the same run cannot claim a group twice either', async () => {
        await ledger.claim(claim);
        expect(await ledger.claim(claim)).toStrictEqual({ status: 'taken', standing: claim });
      });

      test('of 50 claims at once exactly one wins, and all others are told of the winner', async () => {
        const claims = Array.from({ length: 50 }, (_, index) => ({ ...claim, runId: `run-${index}` }));
        const outcomes = await Promise.all(claims.map((one) => open().claim(one)));
        const winners = claims.filter((_, index) => outcomes[index]?.status === 'claimed');
        expect(winners).toHaveLength(1);
        expect(outcomes.filter(({ status }) => status === 'taken')).toStrictEqual(
          Array.from({ length: 49 }, () => ({ status: 'taken', standing: winners[0] })),
        );
      });

      test('other groups and other slots are other claims', async () => {
        await ledger.claim(claim);
        const others = [
          { ...claim, group: '111122223333/eu-west-1/asg/api' },
          { ...claim, group: '111122223333/us-east-1/asg/web' },
          { ...claim, slot: '2026-11-23T10:00:00Z' },
          { ...claim, slot: 'adhoc/3f9a1c2b' },
        ];
        expect(await Promise.all(others.map((one) => ledger.claim(one)))).toStrictEqual(
          others.map(() => ({ status: 'claimed' })),
        );
      });

      test('100 groups are claimed at once', async () => {
        const claims = Array.from({ length: 100 }, (_, index) => ({ ...claim, group: `group-${index}` }));
        expect(await Promise.all(claims.map((one) => ledger.claim(one)))).toStrictEqual(
          claims.map(() => ({ status: 'claimed' })),
        );
      });

      test.each(['succeeded', 'failed'] as const)(
        'a strike that %s stands with the claim',
        async (outcome) => {
          await ledger.claim(claim);
          const record = { ...claim, outcome, detail: 'running -> shutting-down' };
          await ledger.recordStrike(record);
          expect(await open().claim({ ...claim, runId: 'another' })).toStrictEqual({
            status: 'taken',
            standing: record,
          });
        },
      );

      test('a strike is not recorded without a claim of its run, and makes none', async () => {
        const record = { ...claim, outcome: 'succeeded', detail: 'gone' } as const;
        const refusal = `no claim of run ${claim.runId} stands for ${claim.group} in slot ${claim.slot}`;
        await expect(ledger.recordStrike(record)).rejects.toThrow(refusal);

        const others = { ...claim, runId: 'another' };
        expect(await ledger.claim(others)).toStrictEqual({ status: 'claimed' });
        await expect(ledger.recordStrike(record)).rejects.toThrow(refusal);
        expect(await ledger.claim(claim)).toStrictEqual({ status: 'taken', standing: others });
      });

      test('a stop refuses every claim, also one that is taken', async () => {
        await ledger.claim(claim);
        await ledger.setStop(stop);
        expect(await open().claim({ ...claim, runId: 'another' })).toStrictEqual({ status: 'stopped' });
        expect(await open().claim({ ...claim, group: 'free' })).toStrictEqual({ status: 'stopped' });
      });

      test('a claim refused under a stop leaves nothing behind, and what stood before still stands', async () => {
        await ledger.claim(claim);
        await ledger.setStop(stop);
        await ledger.claim({ ...claim, runId: 'another' });
        await ledger.claim({ ...claim, group: 'free' });
        await ledger.setStop(undefined);
        expect(await ledger.claim({ ...claim, group: 'free' })).toStrictEqual({ status: 'claimed' });
        expect(await ledger.claim({ ...claim, runId: 'another' })).toStrictEqual({
          status: 'taken',
          standing: claim,
        });
      });

      test('no claim is made once a stop is set, and those under way are either made or leave nothing', async () => {
        const claims = Array.from({ length: 40 }, (_, index) => ({ ...claim, group: `group-${index}` }));
        const underWay = Promise.all(claims.slice(0, 20).map((one) => open().claim(one)));
        await open().setStop(stop);
        const late = await Promise.all(claims.slice(20).map((one) => open().claim(one)));
        expect(late).toStrictEqual(Array.from({ length: 20 }, () => ({ status: 'stopped' })));

        const early = await underWay;
        await ledger.setStop(undefined);
        const again = await Promise.all(claims.slice(0, 20).map((one) => ledger.claim(one)));
        expect(again.map(({ status }) => status)).toStrictEqual(
          early.map(({ status }) => (status === 'claimed' ? 'taken' : 'claimed')),
        );
      });
    });

    describe('runs', () => {
      const runIds = [
        '20261123T090000Z-aaaaaaaa',
        '20261124T090000Z-00000000',
        '20261123T100000Z-ffffffff',
        '20261123T100000Z-0badcafe',
      ];
      const newestFirst = [runIds[1], runIds[2], runIds[3], runIds[0]];

      test('there are none at first', async () => {
        expect(await ledger.recentRuns(10)).toStrictEqual([]);
      });

      test('the newest come first, as many as are asked for', async () => {
        for (const runId of runIds) await ledger.recordRun(aReport({ runId }));
        const listed = async (limit: number) => (await open().recentRuns(limit)).map(({ runId }) => runId);
        expect(await listed(10)).toStrictEqual(newestFirst);
        expect(await listed(2)).toStrictEqual(newestFirst.slice(0, 2));
        expect(await listed(4)).toStrictEqual(newestFirst);
        expect(await listed(1)).toStrictEqual(newestFirst.slice(0, 1));
      });

      test('a report comes back as it was recorded', async () => {
        const report = aReport({ groupsNotFound: ['wëb 🐒'], decisions: [aDecision()] });
        await ledger.recordRun(report);
        expect(await ledger.recentRuns(1)).toStrictEqual([report]);
      });

      test('the same run recorded twice is kept once, as it was last', async () => {
        await ledger.recordRun(aReport({ durationMs: 1 }));
        await ledger.recordRun(aReport({ durationMs: 2 }));
        expect((await ledger.recentRuns(10)).map(({ durationMs }) => durationMs)).toStrictEqual([2]);
      });

      test('reports with 40,000 decisions are kept, with counts in full and what was left out', async () => {
        const decisions = Array.from({ length: 40_000 }, (_, index) =>
          aDecision({ group: `111122223333/eu-west-1/asg/web-${index}` }),
        );
        const report = aReport({ decisions });
        for (const runId of runIds) await ledger.recordRun({ ...report, runId });

        // Together they are larger than the megabyte that DynamoDB answers at once.
        const kept = await open().recentRuns(4);
        expect(kept.map(({ runId }) => runId)).toStrictEqual(newestFirst);
        for (const one of kept) {
          expect(one.counts).toStrictEqual(report.counts);
          expect(one.decisions.length).toBeGreaterThan(1_000);
          expect(one.decisions).toStrictEqual(decisions.slice(0, one.decisions.length));
          expect(one.omitted).toMatchObject({
            decisions: 40_000 - one.decisions.length,
            strikes: 0,
            failures: 0,
          });
          expect(one.omitted?.text).toContain(`the log of run ${one.runId}`);
        }
      });
    });
  });
}

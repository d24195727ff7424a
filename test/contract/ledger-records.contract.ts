import { describe, expect, test } from 'vitest';
import { aDecision, aReport } from '../support/a-report.ts';
import type { Open } from './open-ledger.ts';

export function recordFacts(open: Open): void {
  describe('runs', () => {
    const runIds = [
      '20261123T090000Z-aaaaaaaa',
      '20261124T090000Z-00000000',
      '20261123T100000Z-ffffffff',
      '20261123T100000Z-0badcafe',
    ];
    const newestFirst = [runIds[1], runIds[2], runIds[3], runIds[0]];

    test('there are none at first', async () => {
      expect((await open().recentRuns(10)).found).toStrictEqual([]);
    });

    test('the newest come first, up to the limit', async () => {
      for (const runId of runIds) await open().recordRun(aReport({ runId }));
      const listed = async (limit: number) =>
        (await open().recentRuns(limit)).found.map(({ runId }) => runId);
      expect(await listed(10)).toStrictEqual(newestFirst);
      expect(await listed(2)).toStrictEqual(newestFirst.slice(0, 2));
      expect(await listed(4)).toStrictEqual(newestFirst);
      expect(await listed(1)).toStrictEqual(newestFirst.slice(0, 1));
    });

    test('a report comes back as it was recorded', async () => {
      const report = aReport({ groupsNotFound: ['wëb 🐒'], decisions: [aDecision()] });
      await open().recordRun(report);
      expect((await open().recentRuns(1)).found).toStrictEqual([report]);
    });

    test('a run recorded twice is kept once, as it was recorded last', async () => {
      await open().recordRun(aReport({ durationMs: 1 }));
      await open().recordRun(aReport({ durationMs: 2 }));
      expect((await open().recentRuns(10)).found.map(({ durationMs }) => durationMs)).toStrictEqual([2]);
    });

    test('reports with 40,000 decisions are kept, with complete counts and the number of omissions', async () => {
      const decisions = Array.from({ length: 40_000 }, (_, index) =>
        aDecision({ group: `111122223333/eu-west-1/asg/web-${index}` }),
      );
      const report = aReport({ decisions });
      for (const runId of runIds) await open().recordRun({ ...report, runId });

      // Together they are larger than the megabyte that DynamoDB answers at once.
      const kept = (await open().recentRuns(4)).found;
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
}

import { describe, expect, test } from 'vitest';
import type { GroupLeash, GroupRecord, Veto } from '#core/model/group-record.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aClaim } from '../support/a-claim.ts';
import type { Open } from './open-ledger.ts';

const [web, api] = ['222222222222/eu-west-1/asg/web', '222222222222/eu-west-1/asg/api'];
const nothing: GroupRecord = { version: 0, last: undefined, veto: undefined, leash: undefined };
const veto: Veto = {
  reason: 'release',
  by: 'ann',
  at: '2026-11-23T08:00:00Z',
  until: '2026-11-24T00:00:00Z',
};
const leash: GroupLeash = { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00Z' };

export function groupRecordFacts(open: Open): void {
  const record = async (ledger: Ledger, group: string) =>
    (await ledger.groupRecords([group])).found.get(group);

  describe('groupRecords', () => {
    test('every requested group is in the answer, even without a record', async () => {
      const ledger = open();
      expect((await ledger.groupRecords([])).found).toStrictEqual(new Map());
      await ledger.setVeto(api, veto);
      expect((await open().groupRecords([web, api])).found).toStrictEqual(
        new Map([
          [web, nothing],
          [api, { ...nothing, version: 1, veto }],
        ]),
      );
    });

    test('200 groups are read at once', async () => {
      const groups = Array.from({ length: 200 }, (_, index) => `group-${index}`);
      const found = (await open().groupRecords(groups)).found;
      expect([...found.keys()]).toStrictEqual(groups);
    });

    test('a veto and a leash are set, replaced and lifted independently, and every change increments the version', async () => {
      const ledger = open();
      await ledger.setVeto(web, veto);
      await ledger.setLeash(web, leash);
      expect(await record(open(), web)).toStrictEqual({ version: 2, last: undefined, veto, leash });

      await ledger.setVeto(web, { ...veto, reason: 'audit' });
      await ledger.setLeash(web, undefined);
      expect(await record(open(), web)).toStrictEqual({
        ...nothing,
        version: 4,
        veto: { ...veto, reason: 'audit' },
      });

      await ledger.setVeto(web, undefined);
      expect(await record(open(), web)).toStrictEqual({ ...nothing, version: 5 });
      expect(await record(open(), api)).toStrictEqual(nothing);
    });

    test('lifting what was never set does no harm', async () => {
      await open().setVeto(web, undefined);
      expect(await record(open(), web)).toMatchObject({ veto: undefined, leash: undefined });
    });

    test('a decision from before a veto or a leash cannot be claimed', async () => {
      await open().setVeto(web, veto);
      expect(await open().claim(aClaim({ group: web, version: 0 }))).toStrictEqual({ status: 'changed' });
      await open().setLeash(web, leash);
      expect(await open().claim(aClaim({ group: web, version: 1 }))).toStrictEqual({ status: 'changed' });
      expect(await open().claim(aClaim({ group: web, version: 2 }))).toStrictEqual({ status: 'claimed' });
      expect(await record(open(), web)).toMatchObject({ version: 3, veto, leash });
    });
  });
}

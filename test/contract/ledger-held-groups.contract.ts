import { describe, expect, test } from 'vitest';
import type { GroupLeash, Veto } from '#core/model/group-record.ts';
import { aClaim, aRecovery } from '../support/a-claim.ts';
import type { Open } from './open-ledger.ts';

const [web, api] = ['222222222222/eu-west-1/asg/web', '222222222222/eu-west-1/tag/api gateway'];
const until = '2026-11-24T00:00:00Z';
const [before, after] = [Date.parse(until) - 1, Date.parse(until)];
const veto: Veto = { reason: 'release', by: 'ann', at: '2026-11-23T08:00:00Z', until };
const leash: GroupLeash = { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00Z' };

export function heldFacts(open: Open): void {
  describe('held groups', () => {
    test('are listed by key, with what holds them', async () => {
      expect(await open().heldGroups(before)).toStrictEqual([]);
      await open().setVeto(api, veto);
      await open().setVeto(web, veto);
      await open().setLeash(web, leash);
      expect(await open().heldGroups(before)).toStrictEqual([
        { group: web, veto, leash },
        { group: api, veto, leash: undefined },
      ]);
    });

    test('are listed only by their leash once a veto has ended, and not at all once that is lifted', async () => {
      await open().setVeto(api, veto);
      await open().setVeto(web, veto);
      await open().setLeash(web, leash);
      const leashed = { group: web, veto: undefined, leash };
      expect(await open().heldGroups(after)).toStrictEqual([leashed]);
      await open().setVeto(web, undefined);
      await open().setVeto(api, undefined);
      expect(await open().heldGroups(before)).toStrictEqual([leashed]);
      await open().setLeash(web, undefined);
      await open().setLeash(api, undefined);
      expect(await open().heldGroups(before)).toStrictEqual([]);
    });

    test('are listed with the latest details', async () => {
      await open().setVeto(web, veto);
      await open().setVeto(web, { ...veto, reason: 'audit' });
      await open().setLeash(web, leash);
      await open().setLeash(web, { ...leash, reason: 'worse' });
      expect(await open().heldGroups(before)).toStrictEqual([
        { group: web, veto: { ...veto, reason: 'audit' }, leash: { ...leash, reason: 'worse' } },
      ]);
    });

    test('are listed if a veto has no valid end', async () => {
      await open().setVeto(web, { ...veto, until: 'Christmas' });
      expect(await open().heldGroups(after)).toMatchObject([{ group: web, veto: { until: 'Christmas' } }]);
    });

    test('are listed if they did not recover; an existing leash stays', async () => {
      await open().setLeash(api, leash);
      for (const [group, version] of [
        [web, 0],
        [api, 1],
      ] as const) {
        const claim = aClaim({ group, version });
        await open().claim(claim);
        await open().begin(claim);
        await open().settle(claim, { outcome: 'succeeded', detail: '' });
        await open().close(claim, aRecovery({ outcome: 'not-recovered', text: '1 of 3 are healthy' }));
      }
      expect(await open().heldGroups(before)).toMatchObject([
        { group: web, leash: { by: 'chaos_monkey', reason: '1 of 3 are healthy' } },
        { group: api, leash },
      ]);
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { Item } from '#aws/ledger/attributes.ts';
import {
  aBrokenLedger,
  type BrokenLedger,
  change,
  earlier,
  keyOf,
  mend,
  mendAll,
  someLeash,
  web,
} from '../../support/a-broken-ledger.ts';
import { aClaim, aRecovery } from '../../support/a-claim.ts';
import { monday } from '../../support/a-sandbox-world.ts';

describe('repairing a record', () => {
  const record = [`group#${web}`, 'record'] as const;
  /** A ledger with a strike of the group that has recovered. */
  async function struckOnce() {
    const broken = await aBrokenLedger();
    const { ledger } = broken.world;
    const claim = aClaim({ group: web, slot: earlier, at: earlier, day: '2026-11-20' });
    await ledger.claim(claim);
    await ledger.settle(claim, { outcome: 'succeeded', detail: '' });
    await ledger.close(claim, aRecovery());
    const found = async () => (await ledger.groupRecords([web])).found.get(web);
    return { ...broken, found };
  }

  test.each<[string, Item]>([
    ['whose version is readable', { refusals: { S: 'x' } }],
    ['whose version is not', { version: { S: 'many' } }],
  ])('%s, refuses where a leash or a veto was set since, and loses neither', async (_, more) => {
    const broken = await struckOnce();
    change(broken.table, ...record, more);
    const seen = await broken.problems();
    expect(seen).toMatchObject([{ problem: 'record', mend: [{ together: [{}] }], lost: [] }]);
    const { ledger } = broken.world;
    await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: earlier });
    await expect(mendAll(broken, seen)).rejects.toThrow('ConditionalCheckFailed');
    expect(await ledger.heldGroups(monday)).toMatchObject([{ group: web, leash: { reason: 'flaky' } }]);

    await mend(broken);
    expect(await broken.found()).toMatchObject({ leash: { reason: 'flaky' }, last: { slot: earlier } });
    expect(await broken.problems()).toEqual([]);
  });

  test('changes nothing but what cannot be read, and keeps attributes that are not known', async () => {
    const broken = await struckOnce();
    const newer: Item = { weather: { S: 'fine' }, schemaVersion: { N: '2' } };
    change(broken.table, ...record, { ...newer, refusals: { S: 'x' } });
    const before = broken.table.get(keyOf(...record));
    await mend(broken);
    const { refusals: _, ...rest } = before ?? {};
    expect(broken.table.get(keyOf(...record))).toEqual({ ...rest, version: { N: '2' } });
  });

  test('keeps a last strike that can be read, where the strike itself cannot, or is gone', async () => {
    for (const breakStrike of [
      ({ table }: BrokenLedger) =>
        change(table, `group#${web}`, `strike#${earlier}`, { state: { S: 'paused' } }),
      ({ table }: BrokenLedger) => table.delete(keyOf(`group#${web}`, `strike#${earlier}`)),
    ]) {
      const broken = await struckOnce();
      change(broken.table, ...record, { refusals: { S: 'x' } });
      breakStrike(broken);
      await mend(broken);
      expect(await broken.found()).toMatchObject({ last: { slot: earlier }, leash: undefined });
    }
  });

  test('takes the later one of the last strike that it has and those on record', async () => {
    for (const at of ['2026-11-19T09:00:00Z', '2026-11-21T09:00:00Z']) {
      const broken = await struckOnce();
      const last = { M: { slot: { S: at }, day: { S: at.slice(0, 10) }, at: { S: at } } };
      change(broken.table, ...record, { refusals: { S: 'x' }, last });
      await mend(broken);
      expect((await broken.found())?.last?.slot).toBe(at > earlier ? at : earlier);
    }
  });

  test('leashes the group where neither its last strike nor one of its strikes can be read', async () => {
    const broken = await struckOnce();
    change(broken.table, ...record, { last: { S: 'yesterday' } });
    change(broken.table, `group#${web}`, `strike#${earlier}`, { state: { S: 'paused' } });
    const [problem] = await broken.problems();
    expect(problem).toMatchObject({ problem: 'record', lost: ['last strike'] });
    await mend(broken);
    const reason = 'its last strike could not be read any more';
    expect(await broken.found()).toMatchObject({ last: undefined, leash: { reason } });
    expect(await broken.world.ledger.heldGroups(monday)).toMatchObject([{ group: web, leash: { reason } }]);
    expect(await broken.problems()).toEqual([]);
  });

  test('takes a veto that cannot be read off the list too', async () => {
    const broken = await struckOnce();
    await broken.world.ledger.setVeto(web, { reason: 'sale', by: 'ann', at: earlier, until: '2027' });
    change(broken.table, ...record, { veto: { NULL: true } });
    await mend(broken);
    expect(await broken.world.ledger.heldGroups(monday)).toMatchObject([{ group: web, veto: undefined }]);
    expect(await broken.problems()).toEqual([]);
  });
});

test('a leash that was lifted by who knows of no list is listed no more', async () => {
  const broken = await aBrokenLedger();
  const { ledger } = broken.world;
  await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: earlier });
  const { leash: _, ...lifted } = broken.table.get(keyOf(`group#${web}`, 'record')) ?? {};
  broken.table.put(lifted);
  expect(await broken.problems()).toMatchObject([{ problem: 'not-held', group: web }]);
  await mend(broken);
  expect(await broken.problems()).toEqual([]);
  expect(await ledger.heldGroups(monday)).toEqual([]);
});

test('a mend of the list refuses where the group was held or let go of since', async () => {
  const broken = await aBrokenLedger();
  const { ledger } = broken.world;
  change(broken.table, 'held', `leash#${web}`, { group: { S: web }, ...someLeash });
  const notHeld = await broken.problems();
  await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: earlier });
  await expect(mendAll(broken, notHeld)).rejects.toThrow('ConditionalCheckFailed');
  broken.table.delete(keyOf('held', `leash#${web}`));
  const notListed = await broken.problems();
  await ledger.setLeash(web, undefined);
  await expect(mendAll(broken, notListed)).rejects.toThrow('ConditionalCheckFailed');
  expect(await broken.problems()).toEqual([]);
});

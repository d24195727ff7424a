import { describe, expect, test } from 'vitest';
import type { Item } from '#aws/ledger/attributes.ts';
import { aBudget, aClaim, aRecovery } from '../../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../../support/a-ledger-on-sandbox.ts';

const unverified = aBudget({ over: 'unverified', max: 1 });
const claim = aClaim({ budgets: [unverified] });
const { group } = claim;
const other = aClaim({ group: '222222222222/eu-west-1/asg/api', budgets: [unverified] });
const succeeded = { outcome: 'succeeded', detail: '' } as const;
const refused = { outcome: 'failed', detail: 'denied', isRefusal: true } as const;
const leash = { reason: 'flaky', by: 'ann', at: '2026-11-23T09:00:00Z' };
const veto = { ...leash, until: '2026-11-30T09:00:00Z' };
const groupRecordKey: Item = { pk: { S: `group#${group}` }, sk: { S: 'record' } };
const item = { table: 'chaos-ledger', pk: `group#${group}`, sk: 'record', group };
const notRecovered = aRecovery({ outcome: 'not-recovered', text: '1 of 3 are healthy' });

/** A ledger on which the claim was begun, and maybe a strike before it. */
async function begun({ before = false } = {}) {
  const ledgers = ledgersOnSandbox();
  const { open, table } = ledgers;
  const ledger = open();
  const old = aClaim({ slot: '2026-11-20T09:00:00Z', day: '2026-11-20' });
  if (before) {
    await ledger.claim(old);
    await ledger.begin(old);
    await ledger.settle(old, succeeded);
    await ledger.close(old, aRecovery());
  }
  const ours = { ...claim, version: before ? 1 : 0 };
  await ledger.claim(ours);
  await ledger.begin(ours);
  const change = (key: Item, more: Item) => table.put({ ...table.get(key), ...key, ...more });
  const record = async () => (await ledger.groupRecords([group])).found.get(group);
  const spent = async () => (await ledger.usage([unverified])).found;
  const oldKey: Item = { pk: { S: `group#${group}` }, sk: { S: `strike#${old.slot}` } };
  return { ...ledgers, ledger, change, record, spent, oldKey };
}

const damaged: readonly (readonly [string, Item])[] = [
  ['version that is no number', { version: { S: 'many' } }],
  ['version that is nothing', { version: { NULL: true } }],
  ['version that is no whole number', { version: { N: '1.5' } }],
  ['last strike that is text', { last: { S: 'yesterday' } }],
  ['leash that is text', { leash: { S: 'yes' } }],
];

describe.each(damaged)('a record with a %s', (_, more) => {
  test('does not keep a strike from being closed, is reported, and is leashed and listed', async () => {
    const { ledger, change, table } = await begun();
    await ledger.settle(claim, succeeded);
    change(groupRecordKey, more);
    expect(await ledger.close(claim, notRecovered)).toMatchObject([item]);
    expect((await ledger.openStrikes()).found).toEqual([]);
    expect(await ledger.claim(other)).toEqual({ status: 'claimed' });
    const { leash: there } = table.get(groupRecordKey) ?? {};
    expect(there).toBeDefined();
    const listed = { pk: { S: 'held' }, sk: { S: `leash#${group}` } };
    expect(table.get(listed)?.leash).toEqual(there);
  });

  test('does not keep a group that recovered from being closed', async () => {
    const { ledger, change, spent } = await begun();
    await ledger.settle(claim, succeeded);
    change(groupRecordKey, more);
    expect(await ledger.close(claim, aRecovery())).toEqual([]);
    expect(await spent()).toEqual([0]);
  });

  test('does not keep a strike from being settled as failed, and stays as it is', async () => {
    const { ledger, change, spent, table } = await begun();
    change(groupRecordKey, more);
    const before = table.get(groupRecordKey);
    await ledger.settle(claim, refused);
    expect((await ledger.openStrikes()).found).toEqual([]);
    expect(await spent()).toEqual([0]);
    expect(table.get(groupRecordKey)).toEqual(before);
  });

  test('does not keep a plan from being withdrawn', async () => {
    const { open, table } = ledgersOnSandbox();
    const ledger = open();
    await ledger.claim(claim);
    table.put({ ...table.get(groupRecordKey), ...more });
    await ledger.setStop({ reason: 'incident', by: 'ann', at: '' });
    expect(await ledger.begin(claim)).toBe('stopped');
    expect((await ledger.recentStrikes(group, 9)).found).toEqual([]);
    expect((await ledger.usage([unverified])).found).toEqual([0]);
  });

  test('accepts a veto and a leash, and their removal', async () => {
    const { ledger, change, table } = await begun();
    change(groupRecordKey, more);
    await ledger.setVeto(group, veto);
    await ledger.setLeash(group, leash);
    expect(table.get(groupRecordKey)).toMatchObject({
      veto: { M: { reason: { S: 'flaky' } } },
      leash: { M: { reason: { S: 'flaky' } } },
    });
    expect(await ledger.heldGroups(0)).toEqual([{ group, veto, leash }]);
    await ledger.setVeto(group, undefined);
    await ledger.setLeash(group, undefined);
    const { veto: noVeto, leash: noLeash } = table.get(groupRecordKey) ?? {};
    expect([noVeto, noLeash]).toEqual([undefined, undefined]);
    expect(await ledger.heldGroups(0)).toEqual([]);
  });
});

describe('a strike of the group that cannot be read', () => {
  test('does not keep a later one from being settled as failed; the last strike stays, to be safe', async () => {
    const { ledger, change, spent, record, oldKey } = await begun({ before: true });
    change(oldKey, { state: { S: 'paused' } });
    await ledger.settle(claim, refused);
    expect((await ledger.openStrikes()).found).toEqual([]);
    expect(await spent()).toEqual([0]);
    expect(await record()).toMatchObject({
      last: { slot: claim.slot },
      refusals: { day: claim.day, of: [{ detail: 'denied' }] },
    });
  });

  test('does not keep a later plan from being withdrawn', async () => {
    const { ledger, change, spent, record, oldKey } = await begun({ before: true });
    await ledger.settle(claim, refused);
    const later = { ...claim, slot: '2026-11-23T15:00:00Z', version: (await record())?.version ?? 0 };
    await ledger.claim(later);
    change(oldKey, { state: { S: 'paused' } });
    await ledger.setStop({ reason: 'incident', by: 'ann', at: '' });
    expect(await ledger.begin(later)).toBe('stopped');
    expect(await spent()).toEqual([0]);
    expect(await record()).toMatchObject({ last: { slot: later.slot } });
  });
});

describe('a leash of the monkey', () => {
  test('is listed as it is in the record, whatever was listed before', async () => {
    const { ledger, record, table } = await begun();
    await ledger.settle(claim, succeeded);
    await ledger.setLeash(group, leash);
    // As a version does it that knows of no list.
    const { leash: _leash, ...lifted } = table.get(groupRecordKey) ?? {};
    table.put(lifted);
    await ledger.close(claim, notRecovered);
    expect(await record()).toMatchObject({ leash: { by: 'chaos_monkey', reason: '1 of 3 are healthy' } });
    expect(await ledger.heldGroups(0)).toMatchObject([{ leash: (await record())?.leash }]);
  });

  test('does not replace a leash that a person sets at that moment, and lists that one', async () => {
    let isSet = false;
    const { open } = ledgersOnSandbox((transport) => async (call) => {
      if (!isSet && JSON.stringify(call.input).includes('attribute_not_exists(#leash)')) {
        isSet = true;
        await open().setLeash(group, leash);
      }
      return transport(call);
    });
    const ledger = open();
    await ledger.claim(claim);
    await ledger.settle(claim, succeeded);
    expect(await ledger.close(claim, notRecovered)).toEqual([]);
    expect(isSet).toBe(true);
    expect((await ledger.groupRecords([group])).found.get(group)).toMatchObject({ version: 3, leash });
    expect(await ledger.heldGroups(0)).toMatchObject([{ leash }]);
  });
});

test('a group whose record is at version 0 can be claimed', async () => {
  const { open, table } = ledgersOnSandbox();
  table.put({ ...groupRecordKey, version: { N: '0' } });
  expect(await open().claim(claim)).toEqual({ status: 'claimed' });
  expect((await open().groupRecords([group])).found.get(group)?.version).toBe(1);
});

import { describe, expect, test } from 'vitest';
import type { Item } from '#aws/ledger/attributes.ts';
import { UnreadableItemError } from '#core/model/unreadable-item.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';
import { ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';

const record = anExperimentRecord();
const stop = { by: 'bob', reason: 'too loud', at: '2026-11-23T09:00:20.000Z' };
const ended = { verdict: 'failed' as const, why: 'it died', at: '2026-11-23T09:05:00.000Z' };
const other = id.replace(/.$/, 'a');
const key: Item = { pk: { S: 'experiments' }, sk: { S: id } };

/** Two experiments that run; one has attributes that nobody can read. */
async function damagedBy(more: Item) {
  const { open, table } = ledgersOnSandbox();
  const ledger = open();
  for (const one of [id, other]) await ledger.beginExperiment({ ...record, id: one });
  table.put({ ...table.get(key), ...more });
  return { ledger, table };
}

describe.each<[string, Item]>([
  ['a lease that is text', { leaseUntil: { S: 'soon' } }],
  ['the id of another', { id: { S: other } }],
  ['a stop that is text', { stop: { S: 'yes' } }],
])('an experiment with %s', (_, more) => {
  test('spoils only itself, and is named', async () => {
    const { ledger } = await damagedBy(more);
    for (const read of [await ledger.runningExperiments(), await ledger.recentExperiments(9)]) {
      expect(read.found.map((one) => one.id)).toEqual([other]);
      expect(read.unreadable).toMatchObject([{ table: 'chaos-ledger', pk: 'experiments', sk: id }]);
    }
    await expect(ledger.experiment(id)).rejects.toThrow(UnreadableItemError);
  });

  test('can be stopped and ended, is not begun again, and is no longer running then', async () => {
    const { ledger, table } = await damagedBy(more);
    expect(await ledger.beginExperiment(record)).toBe(false);
    expect(await ledger.stopExperiment(id, stop)).toBe(true);
    await ledger.endExperiment(id, ended);
    expect(table.get(key)?.ended?.M?.why).toEqual({ S: 'it died' });
    expect((await ledger.runningExperiments()).unreadable).toEqual([]);
  });
});

test('expires 400 days after its start, and the pointer to it never', async () => {
  const { table } = await damagedBy({});
  const days = 400 * 24 * 60 * 60;
  expect(table.get(key)?.expiresAt).toEqual({ N: String(Date.parse('2026-11-23T09:00:00Z') / 1000 + days) });
  expect(table.get({ pk: { S: 'running' }, sk: { S: id } })?.expiresAt).toBeUndefined();
});

test('to find none that runs costs one query', async () => {
  const { ledger, calls } = ledgerOnFakeTable(() => ({ Items: [] }));
  expect(await ledger.runningExperiments()).toEqual({ found: [], unreadable: [] });
  expect(calls.map(({ command }) => command)).toEqual(['QueryCommand']);
});

import { describe, expect, test } from 'vitest';
import type { Item } from '#aws/ledger/attributes.ts';
import { UnreadableItemError } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { ledgersOnSandbox } from '../../support/a-ledger-on-sandbox.ts';
import { aReport } from '../../support/a-report.ts';
import { ledgerOnFakeTable } from '../../support/ledger-on-fake-table.ts';

const [web, api] = ['222222222222/eu-west-1/asg/web', '222222222222/eu-west-1/asg/api'];
const slot = '2026-11-23T09:00:00Z';
const budget = aBudget();
const table = 'chaos-ledger';

/** A ledger on which both groups have an open strike, and both a veto. */
async function aLedger() {
  const ledgers = ledgersOnSandbox();
  const ledger = ledgers.open();
  for (const group of [web, api]) {
    await ledger.claim(aClaim({ group, budgets: [budget] }));
    await ledger.setVeto(group, { reason: 'sale', by: 'ann', at: slot, until: slot });
  }
  await ledger.control();
  await ledger.recordRun(aReport({ runId: 'run-1' }));
  await ledger.recordRun(aReport({ runId: 'run-2' }));
  const change = (pk: string, sk: string, more: Item) => {
    const key = { pk: { S: pk }, sk: { S: sk } };
    const before = ledgers.table.get(key);
    if (before === undefined) throw new Error(`there is no item ${pk} ${sk}`);
    ledgers.table.put({ ...before, ...more });
  };
  return { ...ledgers, ledger, change };
}

const keys = {
  record: [`group#${web}`, 'record'],
  strike: [`group#${web}`, `strike#${slot}`],
  pointer: ['open', `${web} in slot ${slot}`],
  counter: ['budget#organization#', 'day#2026-11-23'],
  control: ['control', 'control'],
  run: ['runs', 'run-2'],
} as const;

describe('an item that cannot be read', () => {
  test('of a record does not affect other groups', async () => {
    const { ledger, change } = await aLedger();
    change(...keys.record, { version: { S: 'many' } });
    const { found, unreadable } = await ledger.groupRecords([web, api]);
    expect([...found.keys()]).toEqual([api]);
    expect(unreadable).toEqual([
      {
        ...{ table, pk: `group#${web}`, sk: 'record', group: web },
        why: expect.stringMatching(/^version: expected .*, found "many"$/),
      },
    ]);
  });

  test('of a strike does not affect other strikes, whether open or past', async () => {
    const { ledger, change } = await aLedger();
    change(...keys.strike, { state: { S: 'paused' } });
    for (const read of [await ledger.openStrikes(), await ledger.recentStrikes(web, 9)]) {
      expect(read.unreadable).toEqual([
        {
          ...{ table, pk: `group#${web}`, sk: `strike#${slot}`, group: web },
          why: expect.stringMatching(/^state: .*, found "paused"$/),
        },
      ]);
    }
    expect((await ledger.openStrikes()).found.map(({ group }) => group)).toEqual([api]);
    expect((await ledger.recentStrikes(api, 9)).found).toHaveLength(1);
  });

  test('of a pointer that points nowhere does not affect other pointers', async () => {
    const { ledger, table: items } = await aLedger();
    items.put({ pk: { S: 'open' }, sk: { S: 'by hand' } });
    const { found, unreadable } = await ledger.openStrikes();
    expect(found.map(({ group }) => group)).toEqual([api, web]);
    expect(unreadable).toMatchObject([{ table, pk: 'open', sk: 'by hand', group: undefined }]);
  });

  test.each([{ group: { S: api } }, { slot: { S: 'later' } }, { group: { N: '1' } }])(
    'of a pointer whose attributes name another place than its key, %o, is read by its key',
    async (more) => {
      const { ledger, change } = await aLedger();
      change(...keys.pointer, more);
      const { found, unreadable } = await ledger.openStrikes();
      expect([found.map(({ group }) => group), unreadable]).toEqual([[api, web], []]);
    },
  );

  test.each<[string, Item]>([
    ['group', { group: { S: api } }],
    ['slot', { slot: { S: 'later' } }],
  ])('is a strike that names another %s than its key', async (name, more) => {
    const { ledger, change } = await aLedger();
    change(...keys.strike, more);
    for (const read of [await ledger.openStrikes(), await ledger.recentStrikes(web, 9)]) {
      expect(read.found.filter(({ group }) => group === web)).toEqual([]);
      expect(read.unreadable).toMatchObject([
        { pk: `group#${web}`, sk: `strike#${slot}`, group: web, why: expect.stringContaining(`${name}: `) },
      ]);
    }
  });

  test.each([{ S: '1' }, { N: '1.5' }, { N: '-1' }])(
    'of a budget, %o, costs the others nothing',
    async (count) => {
      const { ledger, change } = await aLedger();
      change(...keys.counter, { count });
      const other = aBudget({ scope: 'account', of: '222222222222' });
      const { found, unreadable } = await ledger.usage([other, budget]);
      expect(found).toEqual([0, undefined]);
      expect(unreadable).toMatchObject([{ table, pk: 'budget#organization#', sk: 'day#2026-11-23' }]);
    },
  );

  test('of a run is skipped, and another run takes its place', async () => {
    const { ledger, change } = await aLedger();
    change(...keys.run, { report: { S: '{' } });
    const { found, unreadable } = await ledger.recentRuns(1);
    expect(found.map(({ runId }) => runId)).toEqual(['run-1']);
    expect(unreadable).toMatchObject([
      { table, pk: 'runs', sk: 'run-2', why: expect.stringMatching(/^report: .*, found "\{"$/) },
    ]);
  });

  test.each<[string, Item[string]]>([
    ['text', { S: 'yes' }],
    ['without a reason', { M: { by: { S: 'ann' }, at: { S: '' } } }],
    ['nothing', { NULL: true }],
  ])('of a stop, %s, counts as a stop that names the item', async (_, stop) => {
    const { open, ledger, change } = await aLedger();
    change(...keys.control, { stop });
    const item = { table, pk: 'control', sk: 'control' };
    const control = await ledger.control();
    expect(control).toMatchObject({
      stop: { reason: expect.stringContaining('pk=control sk=control in table chaos-ledger') },
      unreadable: [item],
    });
    expect(await ledger.stop()).toEqual(control.stop);
    const claim = aClaim({ group: 'a', runId: 'run-9' });
    await ledger.claim(claim);
    expect(await ledger.begin(claim)).toBe('stopped');
    await open().setStop(undefined);
    expect(await open().control()).toMatchObject({ stop: undefined, unreadable: [] });
  });

  test('of the secret is an error that names the item, but not its value', async () => {
    const { ledger, change } = await aLedger();
    for (const wrong of [{ S: 'cafe'.repeat(10) }, { N: '1' }]) {
      change(...keys.control, { secret: wrong });
      const error = await ledger.control().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UnreadableItemError);
      expect(String(error)).toContain('pk=control sk=control in table chaos-ledger');
      expect(String(error)).not.toContain('cafe');
    }
    expect(await ledger.stop()).toBeUndefined();
  });

  test('of a strike that blocks a claim is an error that names the item', async () => {
    const { ledger, change } = await aLedger();
    change(...keys.strike, { state: { S: 'paused' } });
    await expect(ledger.claim(aClaim({ group: web, runId: 'run-2', version: 2 }))).rejects.toMatchObject({
      item: { pk: `group#${web}`, sk: `strike#${slot}` },
    });
    expect(await ledger.claim(aClaim({ group: api, runId: 'run-2', slot: 'later', version: 2 }))).toEqual({
      status: 'claimed',
    });
  });
});

describe('an item of a newer version', () => {
  const more: Item = { weather: { S: 'fine' }, schemaVersion: { N: '2' } };
  const nested = (value: Item[string] | undefined): Item[string] =>
    value?.M === undefined ? (value ?? { S: '' }) : { M: { ...value.M, weather: { S: 'fine' } } };

  test('is read without its unknown attributes', async () => {
    const { ledger, change, table: items } = await aLedger();
    await ledger.setStop({ reason: 'sale', by: 'ann', at: slot });
    await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: slot });
    const read = async (): Promise<unknown> => [
      await ledger.control(),
      await ledger.groupRecords([web, api]),
      await ledger.openStrikes(),
      await ledger.recentStrikes(web, 9),
      await ledger.usage([budget]),
      await ledger.recentRuns(9),
      await ledger.heldGroups(0),
    ];
    const before = await read();
    for (const item of [...items.items()]) {
      const { pk, sk, report, ...rest } = item;
      const parts = Object.entries(rest).map(([name, value]) => [name, nested(value)]);
      const json = report && { report: { S: JSON.stringify({ ...JSON.parse(report.S ?? ''), weather: 1 }) } };
      change(pk?.S ?? '', sk?.S ?? '', { ...Object.fromEntries(parts), ...json, ...more });
    }
    expect(await read()).toEqual(before);
    expect(before).toMatchObject([
      { stop: { reason: 'sale' }, unreadable: [] },
      { unreadable: [] },
      { unreadable: [] },
      {},
      { found: [2] },
      { found: [{}, {}], unreadable: [] },
      [{}, {}],
    ]);
  });

  test('is reported as newer if it cannot be read', async () => {
    const { ledger, change } = await aLedger();
    change(...keys.record, { ...more, version: { S: 'b' } });
    expect((await ledger.groupRecords([web])).unreadable[0]?.why).toMatch(
      /^a newer version wrote it \(its schemaVersion is 2, 1 is known here\)\. version: /,
    );
  });

  test('keeps its version when it is changed', async () => {
    const { ledger, change, table: items } = await aLedger();
    change(...keys.record, more);
    await ledger.setVeto(web, undefined);
    const [pk, sk] = keys.record;
    expect(items.get({ pk: { S: pk }, sk: { S: sk } })).toMatchObject(more);
  });
});

test('every written item has the version that wrote it', async () => {
  const { ledger, table: items } = await aLedger();
  await ledger.claimAnnouncement('2026-11-23', 'it', 0);
  await ledger.announced('2026-11-24', 'it');
  await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: slot });
  const kinds = new Set(items.items().map(({ pk, sk }) => `${pk?.S?.split('#')[0]} ${sk?.S?.split('#')[0]}`));
  expect(kinds.size).toBeGreaterThan(7);
  expect(items.items().filter(({ schemaVersion }) => schemaVersion?.N !== '1')).toEqual([]);
});

test.each<[string, (ledger: Ledger) => Promise<void>]>([
  ['setStop', (ledger) => ledger.setStop({ reason: 'sale', by: 'ann', at: slot })],
  ['a lifted stop', (ledger) => ledger.setStop(undefined)],
  ['setPlanAnnounced', (ledger) => ledger.setPlanAnnounced('2026-11-23')],
  ['setVeto', (ledger) => ledger.setVeto(web, undefined)],
])('so does an item that %s creates in an empty table', async (_, write) => {
  const { open, table: items } = ledgersOnSandbox();
  await write(open());
  expect(items.items()).toMatchObject([{ schemaVersion: { N: '1' } }]);
});

const wrong: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['no control item', (ledger) => ledger.control()],
  ['a part of a recording that is none', (ledger) => ledger.recording('run-1')],
];
test.each(wrong)('%s is refused', async (_what, method) => {
  const { ledger } = ledgerOnFakeTable(({ command }) => (command === 'QueryCommand' ? { Items: [{}] } : {}));
  await expect(method(ledger)).rejects.toBeInstanceOf(UnreadableItemError);
});

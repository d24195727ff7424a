import { describe, expect, test } from 'vitest';
import type { Item } from '#aws/ledger/attributes.ts';
import { selectBody } from '#sandbox/sns/topic.ts';
import {
  aBrokenLedger,
  type BrokenLedger,
  change,
  config,
  earlier,
  images,
  keyOf,
  mend,
  sessions,
  someLeash,
  web,
} from '../../support/a-broken-ledger.ts';
import { aBudget, aClaim } from '../../support/a-claim.ts';
import { aCli } from '../../support/a-cli.ts';
import { aReport } from '../../support/a-report.ts';
import { monday } from '../../support/a-sandbox-world.ts';

const others = [
  '111111111111/us-east-1/asg/checkout',
  '222222222222/eu-west-1/asg/search',
  '222222222222/us-east-1/tag/batch-workers',
];
const day = '2026-11-23';
const organization = aBudget({ over: 'unverified' });

/** One item of each kind that a run can do without. */
const brokenKeys = {
  record: [`group#${web}`, 'record'],
  strike: [`group#${sessions}`, `strike#${earlier}`],
  counter: [`budget#group#${images}`, `day#${day}`],
  pointer: ['open', 'by hand'],
  run: ['runs', '20261120T090000Z-00000000'],
  held: ['held', `leash#${web}`],
} as const;

async function breakOneOfEach({ world: { ledger }, table }: BrokenLedger): Promise<void> {
  await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: earlier });
  const at = { slot: earlier, at: earlier, day: '2026-11-20' };
  await ledger.claim(aClaim({ ...at, group: sessions, budgets: [organization] }));
  await ledger.recordRun(aReport({ runId: brokenKeys.run[1] }));
  change(table, ...brokenKeys.record, { version: { S: 'b' }, leash: { S: 'yes' } });
  change(table, ...brokenKeys.strike, { state: { S: 'paused' } });
  change(table, ...brokenKeys.counter, { count: { S: 'one' } });
  change(table, ...brokenKeys.pointer, {});
  change(table, ...brokenKeys.run, { report: { S: '{' } });
  change(table, ...brokenKeys.held, { leash: { S: 'yes' } });
}

describe('a ledger with one broken item of each kind', () => {
  test('strikes other groups, and names each damaged item in the message', async () => {
    const broken = await aBrokenLedger();
    await breakOneOfEach(broken);
    const report = await broken.forced();
    const struck = report.strikes.filter(({ outcome }) => outcome === 'succeeded');
    expect(struck.map(({ group }) => group)).toEqual(others);
    const email = broken.topic.messages.map((message) => selectBody(message, 'email')).join('\n');
    for (const kind of ['record', 'strike', 'counter', 'pointer'] as const) {
      const [pk, sk] = brokenKeys[kind];
      expect(email).toContain(`pk=${pk} sk=${sk} in table ${broken.table.name}`);
    }
    expect(report.failures.map(({ code, group }) => [code, group])).toEqual([
      ['UnreadableItem', undefined],
      ['UnreadableItem', sessions],
      ['UnreadableItem', web],
      ['UnreadableItem', undefined],
      // Of an account and region whose groups were all held up.
      ['CouldNotBeChecked', undefined],
    ]);
  });

  test('the check finds them all, and what it says to do mends them', async () => {
    const broken = await aBrokenLedger();
    await breakOneOfEach(broken);
    const found = await broken.problems();
    const keys = found.map(({ problem, key: { pk, sk } }) => [problem, pk, sk]);
    expect(keys.sort()).toEqual(
      Object.entries(brokenKeys)
        .map(([kind, key]) => [kind, ...key])
        .sort(),
    );

    await mend(broken);
    // What the strike had taken can only be told once it is off the record.
    expect(await broken.problems()).toMatchObject([
      { problem: 'miscounted', key: { pk: 'budget#organization#' }, mend: [{ count: 0 }] },
      { problem: 'not-listed', group: web },
    ]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
    // Its leash could not be read: nobody knows that it may be struck.
    const { ledger } = broken.world;
    expect((await ledger.groupRecords([web])).found.get(web)?.leash?.reason).toContain('could not be read');
    expect(await ledger.heldGroups(monday)).toMatchObject([{ group: web }]);
    const report = await broken.forced();
    expect(report.failures).toEqual([]);
    expect(report.strikes.map(({ group }) => group)).toEqual([sessions, images, ...others].sort());
  });

  test.each<['stop' | 'secret', Item]>([
    ['stop', { stop: { S: 'yes' } }],
    ['secret', { secret: { S: 'none' } }],
  ])(
    'of the control item, the %s: nothing is struck, and the message and the check name it',
    async (part, more) => {
      const broken = await aBrokenLedger();
      change(broken.table, 'control', 'control', more);
      const report = await broken.forced();
      expect(report.strikes).toEqual([]);
      expect(report.failures).toMatchObject([{ stage: 'control', code: 'UnreadableItem' }]);
      const [message] = broken.topic.messages;
      expect(message && selectBody(message, 'email')).toContain(
        `pk=control sk=control in table ${broken.table.name}`,
      );
      expect(await broken.problems()).toMatchObject([
        { problem: part, key: { pk: 'control', sk: 'control' } },
      ]);

      if (part === 'stop') await broken.world.ledger.setStop(undefined);
      else await mend(broken);
      expect((await broken.forced()).strikes).not.toEqual([]);
      expect(await broken.problems()).toEqual([]);
    },
  );
});

describe('inconsistent items', () => {
  test.each<[string, (broken: BrokenLedger) => void, string, readonly string[]]>([
    [
      'a pointer to nothing',
      ({ table }) => change(table, 'open', `${images} in slot ${earlier}`, {}),
      'dangling-pointer',
      ['open', `${images} in slot ${earlier}`],
    ],
    [
      'an open strike without a pointer',
      ({ table }) => table.delete(keyOf('open', `${sessions} in slot ${earlier}`)),
      'lost-strike',
      [`group#${sessions}`, `strike#${earlier}`],
    ],
    [
      'a counter that is too high',
      ({ table }) => change(table, 'budget#organization#', 'unverified', { count: { N: '7' } }),
      'miscounted',
      ['budget#organization#', 'unverified'],
    ],
    [
      'a counter that is gone',
      ({ table }) => table.delete(keyOf('budget#organization#', 'unverified')),
      'miscounted',
      ['budget#organization#', 'unverified'],
    ],
    [
      'a held group that is not listed',
      ({ table }) => table.delete(keyOf('held', `leash#${web}`)),
      'not-listed',
      ['held', `leash#${web}`],
    ],
    [
      'a listed group that is not held',
      ({ table }) => change(table, 'held', `leash#${images}`, { group: { S: images }, ...someLeash }),
      'not-held',
      ['held', `leash#${images}`],
    ],
    [
      'a held group that is listed in other words',
      ({ table }) => change(table, 'held', `leash#${web}`, someLeash),
      'listed-otherwise',
      ['held', `leash#${web}`],
    ],
    [
      'an entry in the list that names another group than its key',
      ({ table }) => change(table, 'held', `leash#${images}`, { group: { S: web }, ...someLeash }),
      'held',
      ['held', `leash#${images}`],
    ],
    [
      'an entry in the list whose key names no group',
      ({ table }) => change(table, 'held', 'by hand', { group: { S: web }, ...someLeash }),
      'held',
      ['held', 'by hand'],
    ],
    [
      'a pointer that names another group than its key',
      ({ table }) => change(table, 'open', `${sessions} in slot ${earlier}`, { group: { S: images } }),
      'pointer',
      ['open', `${sessions} in slot ${earlier}`],
    ],
    [
      'a pointer to nothing that names an open strike',
      ({ table }) =>
        change(table, 'open', `${images} in slot ${earlier}`, {
          group: { S: sessions },
          slot: { S: earlier },
        }),
      'pointer',
      ['open', `${images} in slot ${earlier}`],
    ],
    [
      'a pointer whose key is none, and that names an open strike',
      ({ table }) => change(table, 'open', 'by hand', { group: { S: sessions }, slot: { S: earlier } }),
      'pointer',
      ['open', 'by hand'],
    ],
    [
      'a strike that names another group than its key',
      ({ table }) =>
        change(table, `group#${images}`, `strike#${earlier}`, {
          ...table.get(keyOf(`group#${sessions}`, `strike#${earlier}`)),
          ...keyOf(`group#${images}`, `strike#${earlier}`),
        }),
      'strike',
      [`group#${images}`, `strike#${earlier}`],
    ],
  ])('%s is found and mended', async (_, breakIt, problem, [pk, sk]) => {
    const broken = await aBrokenLedger();
    const { ledger } = broken.world;
    await ledger.setLeash(web, { reason: 'flaky', by: 'ann', at: earlier });
    await ledger.claim(aClaim({ slot: earlier, group: sessions, budgets: [organization] }));
    expect(await broken.problems()).toEqual([]);
    const before = [...broken.table.items()];
    breakIt(broken);
    expect(await broken.problems()).toMatchObject([{ problem, key: { pk, sk } }]);
    await mend(broken);
    expect(await broken.problems()).toEqual([]);
    expect([...broken.table.items()].map(keyPart).sort(byText)).toEqual(before.map(keyPart).sort(byText));
  });

  test('does not include items that a run is changing', async () => {
    const broken = await aBrokenLedger();
    const name = `${images} in slot ${earlier}`;
    change(broken.table, 'open', name, {});
    const { transport } = broken.sandbox;
    let scans = 0;
    const cli = aCli({
      clock: broken.world.clock,
      transport: async (call) => {
        if (call.command === 'ScanCommand') scans += 1;
        if (scans === 2) broken.table.delete(keyOf('open', name));
        return transport(call);
      },
    });
    const { region } = config.master;
    const { exitCode } = await cli('ledger', 'check', '--region', region, '--table', broken.table.name);
    expect([exitCode, scans]).toEqual([0, 2]);
  });
});

function byText(a: Item, b: Item): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function keyPart({ pk, sk }: Item): Item {
  return { ...(pk && { pk }), ...(sk && { sk }) };
}

test.each([
  ['that nobody has used yet', []],
  ['that holds what is another’s', [keyOf('weather', 'today')]],
])('a ledger %s has no problem, and is not said to be well', async (_, items) => {
  const { table, problems, check } = await aBrokenLedger();
  for (const item of [...table.items()]) table.delete(item);
  for (const item of items) table.put(item);
  expect(await problems()).toEqual([]);
  const { out, exitCode } = await check();
  expect(out).toContain(`table ${table.name} in ${config.master.region} contains no ledger items`);
  expect(out).not.toContain('No problems');
  expect(exitCode).toBe(0);
});

test('reports a table with other keys as not a ledger', async () => {
  const { sandbox, world } = await aBrokenLedger();
  const { account, region } = config.master;
  sandbox.account(account).region(region).table({ name: 'orders', partitionKey: 'id' });
  const cli = aCli({ transport: sandbox.transport, clock: world.clock });
  const { exitCode, out, notes } = await cli('ledger', 'check', '--region', region, '--table', 'orders');
  expect(notes).toContain(`table orders in ${region} is not a ledger`);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
});

test('items of a kind that is not known are counted and passed over', async () => {
  const { table, check } = await aBrokenLedger();
  change(table, 'weather', 'today', {});
  const { out, exitCode } = await check();
  expect(exitCode).toBe(0);
  expect(out).toContain('1 of them are of a kind unknown to this version');
});

test('prints whole commands for a shell', async () => {
  const broken = await aBrokenLedger();
  await breakOneOfEach(broken);
  const { out, exitCode } = await broken.check();
  expect(exitCode).toBe(1);
  const { region } = config.master;
  const key = (kind: keyof typeof brokenKeys) =>
    JSON.stringify(keyOf(brokenKeys[kind][0], brokenKeys[kind][1]));
  const aws = (action: string) =>
    `aws dynamodb ${action} --region ${region} --table-name ${broken.table.name}`;
  for (const command of [
    `${aws('get-item')} --consistent-read --key '${key('record')}'`,
    `${aws('delete-item')} --key '${key('pointer')}'`,
    `${aws('update-item')} --key '${key('counter')}' --condition-expression '#count = :seen' --update-expression 'SET #count = :count' --expression-attribute-names '{"#count":"count"}' --expression-attribute-values '{":count":{"N":"0"},":seen":{"S":"one"}}'`,
    `./chaos leash ${web} --off --region ${region} --table ${broken.table.name}`,
    `./chaos ledger check --region ${region} --table ${broken.table.name}`,
  ]) {
    expect(out.split('\n').map((line) => line.trim().replace('Then check again: ', ''))).toContain(command);
  }
});

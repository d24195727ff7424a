import { describe, expect, test } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const group = '222222222222/eu-west-1/asg/web';
const by = 'arn:aws:sts::111111111111:assumed-role/ops/ann';
const at = '2026-11-23T09:00:00.000Z';
const reason = 'migration';
/** `at` as people are told it. */
const then = 'Mon 2026-11-23 09:00 UTC';

/** A deployment that is reached with credentials of an account that the configuration does not know. */
function elsewhere() {
  const { transport, ...rest } = aDeployment();
  const answer: Transport = async (call) =>
    call.command === 'GetCallerIdentityCommand'
      ? { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }
      : transport(call);
  return { ...rest, transport: answer };
}

describe('chaos veto', () => {
  test('has a group left alone until a local time, and says how to undo it', async () => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)(
      'veto',
      group,
      '--until',
      '2026-11-24T09:00',
      '--reason',
      reason,
    );
    const record = (await ledger.groupRecords([group])).found.get(group);
    expect(record?.veto).toEqual({ reason, by, at, until: '2026-11-24T09:00:00.000Z' });
    expect(out).toBe(
      `VETOED. ${group} will not be struck before Tue 2026-11-24 09:00 UTC.
Strikes already claimed may finish within about 15 seconds.
It had no veto before.
To lift it: ./chaos veto ${group} --off`,
    );
    expect(exitCode).toBe(0);
  });

  test('says which veto it replaces', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setVeto(group, { reason: 'sale', by: 'bob', at, until: '2026-11-25T09:00:00.000Z' });
    const { out } = await aCli(aws)('veto', group, '--until', '2h', '--reason', reason);
    expect(out).toContain('will not be struck before Mon 2026-11-23 11:00 UTC.');
    expect(out).toContain(`This replaces: "sale", by bob at ${then}, until Wed 2026-11-25 09:00 UTC\n`);
  });

  test('quotes a name for the shell, and repeats where the monkey is', async () => {
    const { ledger, ...aws } = aDeployment();
    const key = "222222222222/eu-west-1/tag/ann's web";
    const place = ['--region', 'eu-west-1', '--table', 'chaos-monkey'];
    const { out } = await aCli(aws)('veto', key, '--until', '1d', '--reason', reason, ...place);
    expect(out).toMatch(
      /\.\/chaos veto '222222222222\/eu-west-1\/tag\/ann'\\''s web' --off --region eu-west-1 --table chaos-monkey$/,
    );
    expect((await ledger.groupRecords([key])).found.get(key)?.veto).toMatchObject({ reason });
  });

  test('needs no configuration when region and offset are given', async () => {
    const { ledger, ...aws } = aDeployment();
    const chaos = aCli({ ...aws, cwd: '/' });
    const place = ['--region', 'eu-west-1', '--config', 'nowhere.ts'];
    const until = ['--until', '2026-11-24T09:00+01:00', '--reason', reason];
    expect((await chaos('veto', group, ...until, ...place)).exitCode).toBe(0);
    expect((await ledger.groupRecords([group])).found.get(group)?.veto).toMatchObject({
      until: '2026-11-24T08:00:00.000Z',
    });
    const local = await chaos('veto', group, '--until', '2026-11-24T09:00', '--reason', reason, ...place);
    expect(local.notes).toContain(
      'Give --until with an offset, such as 2026-11-24T09:00+01:00, or as a duration, such as 3d.',
    );
    expect(local.exitCode).toBe(2);
  });

  test('prints veto and leash as JSON', async () => {
    const { ledger, ...aws } = aDeployment();
    const chaos = async (...args: readonly string[]) => JSON.parse((await aCli(aws)(...args, '--json')).out);
    const veto = { reason, by, at, until: '2026-11-23T11:00:00.000Z' };
    const leash = { reason, by, at };
    const why = ['--reason', reason];
    expect(await chaos('veto', group, '--until', '2h', ...why)).toEqual({ group, veto, replaced: null });
    expect(await chaos('veto', group, '--until', '2h', ...why)).toEqual({ group, veto, replaced: veto });
    expect(await chaos('veto', group, '--off')).toEqual({ group, veto: null, lifted: veto });
    expect(await chaos('veto', group, '--off')).toEqual({ group, veto: null, lifted: null });
    expect(await chaos('leash', group, ...why)).toEqual({ group, leash, replaced: null });
    expect(await chaos('leash', group, ...why)).toEqual({ group, leash, replaced: leash });
    expect(await chaos('leash', group, '--off')).toEqual({ group, leash: null, lifted: leash });
    expect(await chaos('leash', group, '--off')).toEqual({ group, leash: null, lifted: null });
    expect((await ledger.groupRecords([group])).found.get(group)).toMatchObject({
      veto: undefined,
      leash: undefined,
    });
  });

  test('lifts a veto, and says which', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setVeto(group, { reason, by, at, until: '2026-11-25T09:00:00.000Z' });
    const chaos = aCli(aws);
    const { exitCode, out } = await chaos('veto', group, '--off');
    expect(out).toContain(`Lifted: "migration", by ${by} at ${then}, until Wed 2026-11-25 09:00 UTC\n`);
    expect((await ledger.groupRecords([group])).found.get(group)?.veto).toBeUndefined();
    expect(exitCode).toBe(0);
    const again = await chaos('veto', group, '--off');
    expect(again).toMatchObject({ exitCode: 0, out: `${group} had no veto. Nothing changed.` });
  });

  test.each(['we\u0007b', 'web\n', '\u001b[31mweb'])(
    'refuses a name with control characters: %j',
    async (name) => {
      const { exitCode, notes } = await aCli({ transport: noAws })(
        ...['veto', `222222222222/eu-west-1/asg/${name}`, '--off'],
      );
      expect(notes).toContain('Expected a full key');
      expect(exitCode).toBe(2);
    },
  );

  test.each([
    ['veto', ['--until', '2h']],
    ['leash', []],
  ] as const)('cuts a long reason of a %s, and says so', async (command, more) => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, notes } = await aCli(aws)(command, group, ...more, '--reason', 'x'.repeat(600));
    const record = (await ledger.groupRecords([group])).found.get(group);
    expect((record?.[command]?.reason ?? '').length).toBe(500);
    expect(notes).toContain('The reason was truncated to 500 characters.');
    expect(exitCode).toBe(0);
  });

  test('refuses a time that is past, and asks nobody', async () => {
    const { clock } = aDeployment();
    const { exitCode, out, notes } = await aCli({ clock, transport: noAws })(
      ...['veto', group, '--until', '2026-11-23T09:00:00Z', '--reason', reason],
    );
    expect(notes).toBe(`error: --until "2026-11-23T09:00:00Z": that is in the past: it is now ${then}`);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test.each([[['--until', '2h', '--reason', reason]], [['--off']]])(
    'refuses credentials of another account than the configured: %s',
    async (options) => {
      const { ledger, ...aws } = elsewhere();
      const { exitCode, out, notes } = await aCli(aws)('veto', group, ...options);
      expect(notes).toContain('Your credentials are for account 999999999999, but the configuration names');
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect((await ledger.groupRecords([group])).found.get(group)?.version).toBe(0);
    },
  );

  test('says what it could not do when there is no table', async () => {
    const { exitCode, notes } = await aCli(aDeployment())('veto', group, '--off', '--table', 'gone');
    expect(notes).toMatch(/^error: Could not lift the veto\. .*table gone does not exist in eu-west-1/s);
    expect(exitCode).toBe(1);
  });
});

describe('chaos leash', () => {
  test('has a group left alone until it is lifted', async () => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)('leash', group, '--reason', reason);
    expect((await ledger.groupRecords([group])).found.get(group)?.leash).toEqual({ reason, by, at });
    expect(out).toBe(
      `LEASHED. ${group} will not be struck.
Strikes already claimed may finish within about 15 seconds.
It was not leashed before.
To lift it: ./chaos leash ${group} --off`,
    );
    expect(exitCode).toBe(0);
  });

  test('lifts the leash that the monkey set itself, and says why it was set', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setLeash(group, { reason: '1 of 3 desired are healthy', by: 'chaos_monkey', at });
    const chaos = aCli(aws);
    const { exitCode, out } = await chaos('leash', group, '--off');
    expect(out).toBe(
      `Lifted: "1 of 3 desired are healthy", by chaos_monkey at ${then}\nThe next run may strike it again.`,
    );
    expect((await ledger.groupRecords([group])).found.get(group)?.leash).toBeUndefined();
    expect(exitCode).toBe(0);
    const again = await chaos('leash', group, '--off');
    expect(again).toMatchObject({ exitCode: 0, out: `${group} was not leashed. Nothing changed.` });
  });

  test('says which leash it replaces, and leaves a veto alone', async () => {
    const { ledger, ...aws } = aDeployment();
    const veto = { reason: 'sale', by: 'bob', at, until: '2026-11-25T09:00:00.000Z' };
    await ledger.setVeto(group, veto);
    await ledger.setLeash(group, { reason: 'old', by: 'bob', at });
    const { out } = await aCli(aws)('leash', group, '--reason', reason);
    expect(out).toContain(`This replaces: "old", by bob at ${then}\n`);
    expect((await ledger.groupRecords([group])).found.get(group)).toMatchObject({ veto, leash: { reason } });
  });
});

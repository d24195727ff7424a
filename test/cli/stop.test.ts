import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transport } from '#aws/transport.ts';
import { aCli, noAws } from '../support/a-cli.ts';
import { aDeployment } from '../support/a-deployment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-stop-'));
  await writeFile(
    join(folder, 'half.config.ts'),
    "export default { master: { region: 'eu-west-1' }, leash: 7 };",
  );
  await writeFile(
    join(folder, 'account.config.ts'),
    "export default { master: { account: '111111111111', region: 'eu-west-1' }, leash: 7 };",
  );
  await writeFile(join(folder, 'broken.config.ts'), 'throw new Error("broken");');
});
afterAll(() => rm(folder, { recursive: true }));

/** A deployment that is reached with credentials of an account that the configuration does not know. */
function elsewhere() {
  const { transport, ...rest } = aDeployment();
  const answer: Transport = async (call) =>
    call.command === 'GetCallerIdentityCommand'
      ? { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }
      : transport(call);
  return { ...rest, transport: answer };
}

const unreadable = ['--config', 'broken.config.ts', '--region', 'eu-west-1', '--table', 'chaos-monkey'];

describe.each(['resume', 'status'])('chaos %s', (command) => {
  test('refuses credentials of another account than the configured, and asks nothing there', async () => {
    const { calls, ledger, ...aws } = elsewhere();
    await ledger.setStop({ reason, by, at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out, notes } = await aCli(aws)(command);
    expect(notes).toMatch(new RegExp(`^error: ${accounts}\n  Use credentials of 111111111111, or `));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(calls).toEqual([]);
    expect(await ledger.stop()).toMatchObject({ reason });
  });

  test('compares accounts even where the rest of the configuration is not valid', async () => {
    const { exitCode, notes } = await aCli({ ...elsewhere(), cwd: folder })(
      ...[command, '--config', 'account.config.ts'],
    );
    expect(notes).toContain(accounts);
    expect(exitCode).toBe(1);
  });

  test('compares nothing where it is told the place and the configuration cannot be read', async () => {
    const { exitCode, notes } = await aCli({ ...elsewhere(), cwd: folder })(command, ...unreadable);
    expect(notes).not.toContain('999999999999');
    expect(exitCode).toBe(0);
  });
});

const by = 'arn:aws:sts::111111111111:assumed-role/ops/ann';
const reason = 'Black Friday';
const accounts =
  'Your credentials are for account 999999999999, but the configuration names 111111111111 as the master account.';

describe('chaos stop', () => {
  test('sets the stop, with who, why and when', async () => {
    const { ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)('stop', '--reason', reason);
    expect(await ledger.stop()).toEqual({ reason, by, at: '2026-11-23T09:00:00.000Z' });
    expect(out).toBe(
      `STOPPED. No strike is claimed any more (table chaos-monkey in eu-west-1, account 111111111111).
A strike that was claimed before may still be under way, for up to about 15 seconds.
No stop was set before.
To let it go on: ./chaos resume`,
    );
    expect(exitCode).toBe(0);
  });

  test('says whose stop it replaces', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setStop({ reason: 'sale', by: 'bob', at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli(aws)('stop', '--reason', reason);
    expect(out).toContain('It replaces this stop: "sale", by bob at Mon 2026-11-23 08:00 UTC');
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(exitCode).toBe(0);
  });

  test('stops even when it may not read what it replaces', async () => {
    const { ledger, transport, clock } = aDeployment();
    const withoutReading: Transport = async (call) => {
      if (call.command === 'GetItemCommand') throw new Error('not allowed');
      return transport(call);
    };
    const { exitCode, out } = await aCli({ transport: withoutReading, clock })('stop', '--reason', reason);
    expect(out).toContain('Whether it replaces an earlier stop is not known.');
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(exitCode).toBe(0);
  });

  test('stops what it finds in another account than the configured, says so loudly, and ends with 1', async () => {
    const { ledger, ...aws } = elsewhere();
    const { exitCode, out, notes } = await aCli(aws)('stop', '--reason', reason);
    expect(await ledger.stop()).toMatchObject({ reason });
    expect(out).toContain(
      'STOPPED. No strike is claimed any more (table chaos-monkey in eu-west-1, account 9',
    );
    expect(notes).toContain(`WRONG ACCOUNT? ${accounts}`);
    expect(notes).toContain('What is deployed in 111111111111 is NOT STOPPED.');
    expect(exitCode).toBe(1);
  });

  test('does not mind a mistake elsewhere in the configuration', async () => {
    const { ledger, ...aws } = aDeployment();
    const config = join(folder, 'half.config.ts');
    const { exitCode } = await aCli(aws)('stop', '--reason', reason, '--config', config);
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason });
  });

  test('stops in a folder with two configurations, where it is told the region', async () => {
    const { ledger, ...aws } = aDeployment();
    const both = await mkdtemp(join(folder, 'both-'));
    for (const name of ['chaos.config.ts', 'chaos.config.yaml']) await writeFile(join(both, name), '');
    const { exitCode } = await aCli({ ...aws, cwd: both })(
      'stop',
      '--reason',
      reason,
      '--region',
      'eu-west-1',
    );
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason });
  });

  test('asks for the region where the configuration cannot be read at all', async () => {
    const config = join(folder, 'broken.config.ts');
    const { exitCode, notes } = await aCli({ transport: noAws })(
      'stop',
      '--reason',
      reason,
      '--config',
      config,
    );
    expect(exitCode).toBe(2);
    expect(notes).toMatch(
      /^error: NOT STOPPED\. .*--region eu-west-1\nIf all fails: aws lambda put-function-concurrency/s,
    );
  });

  test('needs neither configuration nor stack when it is told region and table', async () => {
    const { ledger, calls, ...aws } = aDeployment();
    const { exitCode } = await aCli({ ...aws, cwd: folder })('stop', '--reason', reason, ...unreadable);
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason, by });
    expect(calls.filter((call) => call.startsWith('CloudFormation'))).toEqual([]);
  });

  test('stops even when STS does not say who asks', async () => {
    const { ledger, transport, clock } = aDeployment();
    const withoutSts: Transport = async (call) => {
      if (call.client === 'STSClient') throw new Error('STS is down');
      return transport(call);
    };
    const { exitCode, out } = await aCli({ transport: withoutSts, clock })('stop', '--reason', reason);
    expect(out).toContain('account that is not known: AWS did not say');
    expect(exitCode).toBe(0);
    expect(await ledger.stop()).toMatchObject({ reason, by: 'an unknown caller' });
  });

  test('says loudly that it is not stopped when there is no stack', async () => {
    const { exitCode, notes } = await aCli(aDeployment())(
      'stop',
      '--reason',
      reason,
      '--region',
      'us-east-1',
    );
    expect(exitCode).toBe(1);
    expect(notes).toContain('NOT STOPPED. There is no stack ChaosMaster in us-east-1');
    expect(notes).toContain('npx cdk deploy');
  });

  test('says loudly that it is not stopped when there is no table', async () => {
    const { exitCode, notes } = await aCli(aDeployment())('stop', '--reason', reason, '--table', 'gone');
    expect(exitCode).toBe(1);
    expect(notes).toMatch(/NOT STOPPED\. .*table gone does not exist in eu-west-1.*npx cdk deploy/s);
  });
});

describe('chaos resume', () => {
  test('lifts the stop and says which it was', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setStop({ reason, by, at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli(aws)('resume');
    expect(await ledger.stop()).toBeUndefined();
    expect(out).toContain(`Lifted: "Black Friday", by ${by} at Mon 2026-11-23 08:00 UTC`);
    expect(exitCode).toBe(0);
  });

  test('has nothing to do where no stop is set', async () => {
    const { exitCode, out } = await aCli(aDeployment())('resume');
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'No stop was set. Nothing has changed.' });
  });
});

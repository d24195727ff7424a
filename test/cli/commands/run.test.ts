import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readActions } from '#core/permissions/read-policy.ts';
import { kinds } from '#targets/registry.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aDeployment, cliConfig } from '../../support/a-deployment.ts';
import configInput from '../../support/cli-folder/chaos.config.ts';

const reportFrom = (text: string) => JSON.parse(text);
const checkout = ['--group', 'checkout'];

describe('chaos run --here', () => {
  test('decides with nothing deployed, and touches nothing', async () => {
    const { calls, ...aws } = aDeployment();
    const { exitCode, out, notes } = await aCli(aws)('run', '--here', '--json');
    expect(reportFrom(out)).toMatchObject({
      mode: 'leashed',
      trigger: 'cli',
      outcome: 'done',
      counts: { accounts: 2 },
    });
    expect(notes).toContain('A leashed run over 2 configured accounts, as arn:aws:sts::111111111111:');
    expect(notes).toContain(
      'The ledger is in memory: draws differ from those of the deployed monkey, and its stop is ignored.',
    );
    const reads = readActions(kinds, []).map((action) => action.replace(/^.+:/, ''));
    const commands = calls.map((call) => call.replace(/^\w+ (\w+)Command$/, '$1'));
    expect([...reads, 'AssumeRole', 'GetCallerIdentity']).toEqual(expect.arrayContaining(commands));
    expect(calls).toEqual(
      expect.arrayContaining([
        'AutoScalingClient DescribeAutoScalingGroupsCommand',
        'AutoScalingClient DescribeInstanceRefreshesCommand',
        'AutoScalingClient DescribeScalingActivitiesCommand',
        'EC2Client DescribeInstanceAttributeCommand',
        'EC2Client DescribeInstancesCommand',
        'STSClient AssumeRoleCommand',
        'STSClient GetCallerIdentityCommand',
      ]),
    );
    expect(exitCode).toBe(0);
  });

  test("uses the caller's own credentials in their own account, and assumes a role elsewhere only", async () => {
    const { calls, ...aws } = aDeployment();
    await aCli(aws)('run', '--here', '--only-account', '111111111111');
    expect(calls).not.toContain('STSClient AssumeRoleCommand');
    await aCli(aws)('run', '--here', '--only-account', '222222222222');
    expect(calls).toContain('STSClient AssumeRoleCommand');
  });

  test('strikes when unleashed, records it in the deployed ledger, and announces nothing', async () => {
    const { calls, ledger, ...aws } = aDeployment();
    const { exitCode, out } = await aCli(aws)('run', '--here', '--unleash', '--json', ...checkout);
    const report = reportFrom(out);
    expect(report).toMatchObject({ mode: 'live', counts: { succeeded: 1, failures: 0 } });
    expect((await ledger.recentRuns(1)).found).toEqual([report]);
    expect(calls).toContain('EC2Client TerminateInstancesCommand');
    expect(calls.filter((call) => call.startsWith('SNSClient'))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('obeys the stop when unleashed', async () => {
    const { calls, ledger, ...aws } = aDeployment();
    await ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli(aws)('run', '--here', '--unleash', ...checkout);
    expect(out).toContain('Gate stop is closed: stopped by ann');
    expect(calls).not.toContain('EC2Client TerminateInstancesCommand');
    expect(exitCode).toBe(1);
  });

  test.each([['--unleash'], ['--ledger', 'stack']])(
    'does not use the ledger of another account than the configured: %s',
    async (...options) => {
      const { calls, transport, clock } = aDeployment();
      const chaos = aCli({
        clock,
        transport: async (call) => {
          const answer = await transport(call);
          return call.command === 'GetCallerIdentityCommand'
            ? { ...answer, Account: '999999999999' }
            : answer;
        },
      });
      const { exitCode, out, notes } = await chaos('run', '--here', ...options, ...checkout);
      expect(notes).toContain(
        'error: Your credentials are for account 999999999999, but the configuration names 111111111111 as',
      );
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(calls).toEqual(['STSClient GetCallerIdentityCommand']);
    },
  );

  test('will not strike without a ledger, unless told so', async () => {
    const { calls, transport, clock } = aDeployment();
    const chaos = aCli({
      clock,
      transport: async (call) => {
        if (call.client !== 'CloudFormationClient') return transport(call);
        throw Object.assign(new Error('Stack with id ChaosMaster does not exist'), {
          name: 'ValidationError',
        });
      },
    });
    const refused = await chaos('run', '--here', '--unleash', ...checkout);
    expect(refused.notes).toMatch(
      /^error: There is no stack ChaosMaster.*npx cdk deploy\n.*--ledger memory$/s,
    );
    expect(refused).toMatchObject({ exitCode: 1, out: '' });
    expect(calls).not.toContain('EC2Client TerminateInstancesCommand');

    const told = await chaos('run', '--here', '--unleash', '--ledger', 'memory', ...checkout);
    expect(told.notes).toContain('its stop and claims are ignored.');
    expect(calls).toContain('EC2Client TerminateInstancesCommand');
    expect(calls.filter((call) => call.startsWith('DynamoDB'))).toEqual([]);
    expect(told.exitCode).toBe(0);
  });

  test('continues without an account that refuses access, and says what to do', async () => {
    const { sandbox, ...aws } = aDeployment();
    sandbox.disruptions.deny({ action: 'sts:AssumeRole' });
    const { exitCode, out, notes } = await aCli(aws)('run', '--here');
    expect(out).toMatch(/assume-role AccessDenied \(1\)\n {4}222222222222 /);
    expect(out).toContain('111111111111/us-east-1/asg/');
    expect(notes).toContain("Target roles trust only the master's role.");
    expect(exitCode).toBe(1);
  });

  test('surveys only the region of --region, like --only-region', async () => {
    const { calls, transport, ...aws } = aDeployment();
    const regions = new Set<string>();
    const chaos = aCli({
      ...aws,
      transport: (call) => {
        if (call.client === 'EC2Client') regions.add(call.region);
        return transport(call);
      },
    });
    await chaos('run', '--here', '--region', 'us-east-1');
    expect([...regions]).toEqual(['us-east-1']);
    await chaos('run', '--here');
    expect([...regions].sort()).toEqual(['eu-west-1', 'us-east-1']);
  });

  test('says how to opt in when nobody has', async () => {
    const elsewhere = (region: string) => ['run', '--here', '--only-region', region];
    const { transport, clock } = aDeployment();
    const chaos = aCli({
      clock,
      transport: (call) =>
        transport({ ...call, region: call.region === 'us-east-1' ? 'eu-north-1' : call.region }),
    });
    const { exitCode, notes } = await chaos(...elsewhere('us-east-1'));
    expect(notes).toContain('No group has opted in. Tag one, and its instances, with chaos:opt-in=true;');
    expect(exitCode).toBe(0);
    expect((await chaos(...elsewhere('eu-west-1'))).notes).not.toContain('No group has opted in.');
  });

  test('says that the credentials are for none of the configured accounts', async () => {
    const { transport, clock } = aDeployment();
    const chaos = aCli({
      clock,
      transport: async (call) =>
        call.command === 'GetCallerIdentityCommand'
          ? { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }
          : transport(call),
    });
    expect((await chaos('run', '--here')).notes).toContain(
      'Your own account 999999999999 is not in the configuration',
    );
  });

  test('ends with 1 when a group that was asked for is not there', async () => {
    const { exitCode, out } = await aCli(aDeployment())('run', '--here', '--group', 'chekout');
    expect(out).toContain('Not found, mistyped or not opted in: chekout');
    expect(exitCode).toBe(1);
  });

  test.each([
    [['--only-account', '999999999999'], 'accounts[0]: expected an account of the configuration'],
    [['--only-region', 'mars'], 'regions[0]: expected a region such as'],
    [['--fault', 'ec2-melt'], 'fault: expected a fault that the configuration enables: ec2-terminate'],
    [['--fault', 'ec2-stop'], 'fault: expected a fault that the configuration enables'],
  ])('refuses %j before it calls anybody', async (args, words) => {
    const { exitCode, out, notes } = await aCli({ transport: noAws })('run', '--here', ...args);
    expect(notes).toContain(words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('says that credentials have expired', async () => {
    const expired = async () => {
      throw Object.assign(new Error('The security token included in the request is expired'), {
        name: 'ExpiredTokenException',
      });
    };
    const { exitCode, out, notes } = await aCli({ transport: expired })('run', '--here');
    expect(notes).toContain(
      'Could not ask AWS who you are. Your AWS credentials have expired. Sign in again.',
    );
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  });
});

describe('chaos run --here, leashed by the configuration', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaos-run-'));
    const leashed = JSON.stringify({ ...configInput, leashed: true });
    await writeFile(join(folder, 'chaos.config.ts'), `export default ${leashed};`);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const here = (...args: string[]) => aCli({ ...aDeployment(), cwd: folder })('run', '--here', ...args);

  test('says that --unleash was not honored, and ends with 1', async () => {
    const { exitCode, out, notes } = await here('--unleash', ...checkout);
    expect(out).toMatch(/^ LEASHED /);
    expect(notes).toMatch(
      /\nNOT UNLEASHED: the configuration says leashed: true, .*\. To strike, set leashed: false in the configuration\.$/,
    );
    expect(exitCode).toBe(1);
  });

  test('says how to strike', async () => {
    const { exitCode, notes } = await here(...checkout);
    expect(notes).toMatch(/\nTo strike: set leashed: false in the configuration, and add --unleash\.$/);
    expect(exitCode).toBe(0);
  });
});

describe('chaos run --sandbox', () => {
  const chaos = aCli({ transport: noAws });

  test('runs leashed on a sandbox', async () => {
    const { exitCode, out, notes } = await chaos('run', '--sandbox', '--json');
    expect(reportFrom(out)).toMatchObject({
      mode: 'leashed',
      counts: { accounts: cliConfig.accounts.length, groups: 11, failures: 0 },
      gates: [{ open: true }, { open: true }, { open: true }],
    });
    expect(notes).toMatch(/^Running on a sandbox with a made-up fleet\..*To strike: add --unleash\.$/s);
    expect(exitCode).toBe(0);
  });

  test('strikes there when unleashed', async () => {
    const { exitCode, out, notes } = await chaos('run', '--sandbox', '--unleash', ...checkout);
    expect(out).toMatch(/^ LIVE {2}Chaos monkey struck 1 target in account \d{12}\n/);
    expect(notes).not.toContain('--unleash');
    expect(exitCode).toBe(0);
  });

  test('strikes with the fault that was asked for', async () => {
    const { out } = await chaos('run', '--sandbox', '--unleash', '--fault', 'ec2-reboot', ...checkout);
    expect(out).toContain('ec2-reboot: rebooting');
  });
});

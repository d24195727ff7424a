import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import type { Finding } from '#cli/doctor/finding.ts';
import type { ConfigInput } from '#core/config/config.ts';
import type { Failure } from '#core/model/failure.ts';
import type { World } from '#core/ports/world.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { channels } from '#notify/registry.ts';
import type { InstanceInspection } from '#targets/instances/model.ts';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { aReport } from '../../support/a-report.ts';
import { aServer } from '../../support/a-server.ts';
import configInput from '../../support/cli-folder/chaos.config.ts';

const topic = 'arn:aws:sns:eu-west-1:111111111111:chaos';
const confirmed = { Endpoint: 'ann@example.com', SubscriptionArn: `${topic}:0f1e`, Protocol: 'email' };

let root: string;
let server: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chaos-doctor-'));
  server = await aServer();
});
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

type Answers = Readonly<Record<string, () => object | Promise<object>>>;

/** Everything in place: Monday 09:00, right after it was deployed, with one reader who has confirmed. */
function aHealthyDeployment(answers: Answers = {}) {
  const deployment = aDeployment();
  const usual: Answers = {
    DescribeStacksCommand: () => ({
      Stacks: [
        {
          StackName: stackName,
          StackStatus: 'UPDATE_COMPLETE',
          LastUpdatedTime: new Date('2026-11-23T08:55:00Z'),
          Outputs: [
            { OutputKey: outputs.table, OutputValue: 'chaos-monkey' },
            { OutputKey: outputs.topic, OutputValue: topic },
          ],
        },
      ],
    }),
    ListSubscriptionsByTopicCommand: () => ({ Subscriptions: [confirmed] }),
    ...answers,
  };
  const transport: Transport = async (call) => {
    const answer = usual[call.command];
    return answer === undefined ? deployment.transport(call) : answer();
  };
  return { ...deployment, transport };
}

interface Seen {
  readonly exitCode: number;
  readonly checks: readonly Finding[];
  of(check: string): readonly (readonly [string, string])[];
}

async function doctor({
  deployment = aHealthyDeployment(),
  config = {},
}: {
  readonly deployment?: Pick<ReturnType<typeof aDeployment>, 'transport' | 'clock'>;
  readonly config?: Partial<ConfigInput>;
} = {}): Promise<Seen> {
  const folder = await mkdtemp(join(root, 'folder-'));
  await writeFile(join(folder, 'chaos.config.json'), JSON.stringify({ ...configInput, ...config }));
  const { exitCode, out, notes } = await aCli({ ...deployment, cwd: folder })('doctor', '--json');
  expect(notes).toBe('');
  const { checks }: { readonly checks: readonly Finding[] } = JSON.parse(out);
  return {
    exitCode,
    checks,
    of: (check) => checks.filter((one) => one.check === check).map(({ level, text }) => [level, text]),
  };
}

/** What the function sees is another than usual. */
async function seeing(overrides: (world: World) => Partial<World>): Promise<Seen> {
  const other = await aServer(overrides(server.world));
  vi.stubEnv('AWS_ENDPOINT_URL', other.url);
  try {
    return await doctor();
  } finally {
    await other.close();
  }
}
const failing = (...failures: readonly Failure[]) =>
  seeing(({ fleet }) => ({
    fleet: { ...fleet, survey: async (...given) => ({ ...(await fleet.survey(...given)), failures }) },
  }));

describe('chaos doctor', () => {
  test('finds no problem in a healthy deployment, and lists what it checked', async () => {
    const { exitCode, checks, of } = await doctor();
    // They were launched without their group's tags.
    expect(of('instances')).toEqual([['warn', expect.stringMatching(/^2 of 8 instances lack the tag /)]]);
    expect(checks.filter(({ level }) => level === 'fail' || level === 'unknown')).toEqual([]);
    expect([...new Set(checks.map(({ check }) => check))]).toEqual([
      'configuration',
      'window',
      'credentials',
      'stack',
      'function',
      'leash',
      'roles',
      'regions',
      'groups',
      'tags',
      'instances',
      'stop',
      'last run',
      'schedule',
      'subscriptions',
    ]);
    expect(exitCode).toBe(0);
  });

  test('only reads', async () => {
    const { calls, ...deployment } = aHealthyDeployment();
    await doctor({ deployment });
    const operations = calls.map((call) => call.split(' ')[1] ?? '');
    expect(operations.filter((name) => !/^(Get|Describe|List|Query)/.test(name))).toEqual([]);
    expect(operations.length).toBeGreaterThan(1);
  });

  test("shows the time of the stop in the schedule's zone", async () => {
    const deployment = aHealthyDeployment();
    await deployment.ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00.000Z' });
    const schedule = { ...configInput.schedule, timeZone: 'Europe/Berlin' };
    const [[, text] = []] = (await doctor({ deployment, config: { schedule } })).of('stop');
    expect(text).toBe('stopped: "sale", by ann at Mon 2026-11-23 09:00 Europe/Berlin');
  });

  test('prints a line for each check, remedies, and a summary', async () => {
    await writeFile(join(root, 'chaos.config.json'), JSON.stringify(configInput));
    const deployment = aHealthyDeployment();
    await deployment.ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00.000Z' });
    const { exitCode, out } = await aCli({ ...deployment, cwd: root })('doctor');
    expect(out).toMatch(/^✓ configuration {2}chaos\.config\.json: 2 accounts, master 1{12}\/eu-west-1\n/);
    expect(out).toMatch(/\n✗ stop {11}stopped: "sale", by ann at .*\n {17}\.\/chaos resume\n/);
    expect(out).toMatch(/\n\n1 problem to fix before it can strike; \d warnings?$/);
    expect(exitCode).toBe(1);
  });

  test('suggests commands for the configuration that was passed', async () => {
    await writeFile(join(root, 'mine.json'), JSON.stringify({ ...configInput, leashed: true }));
    const { out } = await aCli({ ...aHealthyDeployment(), cwd: root })(
      'doctor',
      '--config',
      'mine.json',
      '--json',
    );
    const { checks }: { readonly checks: readonly Finding[] } = JSON.parse(out);
    const helpOf = (check: string) => checks.find((one) => one.check === check)?.help;
    expect(helpOf('leash')).toEqual([`npx cdk deploy -c config=${join(root, 'mine.json')}`]);
    expect(helpOf('last run')).toEqual(['./chaos run --config mine.json']);
  });

  describe('of the configuration', () => {
    test('finds that it is still the example', async () => {
      const { of, exitCode } = await doctor({ config: { externalId: 'chaos-monkey-example' } });
      expect(of('configuration')).toEqual([
        ['fail', 'chaos.config.json is the example, with made-up accounts'],
      ]);
      expect(exitCode).toBe(1);
    });

    test('finds what keeps it from striking: budgets, probability, calendar', async () => {
      const { of } = await doctor({
        config: {
          rate: { probability: 0 },
          budgets: { perDay: { organization: 0 }, unverified: { app: 0 } },
          calendar: { freezes: [{ from: '2026-01-01', to: '2028-12-31', reason: 'for ever' }] },
        },
      });
      expect(of('rate')).toEqual([['warn', expect.stringContaining('probability: 0')]]);
      expect(of('budgets')).toEqual([
        ['fail', 'budgets.perDay.organization: 0 spares every group'],
        ['warn', 'budgets.unverified.app: 0 spares every group that belongs to an app'],
      ]);
      expect(of('window')).toEqual([['fail', expect.stringContaining('no slot in the next 400 days')]]);
    });

    test.each([
      ['iam-deny without roles', { faults: ['iam-deny'] }, 'no account has iamRoles'],
      ['roles without iam-deny', { iamRoles: ['checkout'] }, 'iam-deny is not enabled'],
    ])('warns of %s', async (_, config, words) => {
      const { of } = await doctor({ config });
      expect(of('iam roles')).toEqual([['warn', expect.stringContaining(words)]]);
    });

    test('does not warn of iam-deny with roles', async () => {
      const { of } = await doctor({ config: { faults: ['iam-deny'], iamRoles: ['checkout'] } });
      expect(of('iam roles')).toEqual([]);
    });

    test('says when the next slot is', async () => {
      const { of } = await doctor({
        config: { calendar: { daysOff: [{ date: '2026-11-23', name: 'Off' }] } },
      });
      expect(of('window')).toEqual([['ok', 'the next slot is Tue 2026-11-24 09:00 UTC']]);
    });

    test('reports an unreadable configuration as a finding, with each mistake', async () => {
      await writeFile(join(root, 'bad.yaml'), 'leashed: 7\nregions: [mars]\n');
      const { exitCode, out } = await aCli({ cwd: root })('doctor', '--config', 'bad.yaml', '--json');
      expect(JSON.parse(out).checks).toEqual([
        {
          check: 'configuration',
          level: 'fail',
          text: 'bad.yaml is not valid:',
          help: expect.arrayContaining(['leashed: expected true or false, found 7']),
        },
      ]);
      expect(exitCode).toBe(1);
    });
  });

  describe('of the deployment', () => {
    test('finds credentials of another account, and asks nothing there', async () => {
      const { calls, ...deployment } = aHealthyDeployment({
        GetCallerIdentityCommand: () => ({
          Account: '999999999999',
          Arn: 'arn:aws:iam::999999999999:user/ann',
        }),
      });
      const { of, exitCode } = await doctor({ deployment });
      expect(of('credentials')).toEqual([['fail', expect.stringContaining('999999999999')]]);
      expect(of('deployment')).toEqual([
        ['unknown', 'could not be checked without credentials of 111111111111'],
      ]);
      expect(calls).toEqual([]);
      expect(exitCode).toBe(1);
    });

    test('finds that nothing is deployed', async () => {
      const { of, exitCode } = await doctor({
        deployment: aHealthyDeployment({
          DescribeStacksCommand: () => {
            throw Object.assign(new Error(`Stack with id ${stackName} does not exist`), {
              name: 'ValidationError',
            });
          },
        }),
      });
      expect(of('stack')).toEqual([['fail', `there is no stack ${stackName} in eu-west-1`]]);
      expect(exitCode).toBe(1);
    });

    test('finds a stack whose creation failed', async () => {
      const Stacks = [{ StackName: stackName, StackStatus: 'ROLLBACK_COMPLETE' }];
      const { of } = await doctor({
        deployment: aHealthyDeployment({ DescribeStacksCommand: () => ({ Stacks }) }),
      });
      expect(of('stack')).toEqual([['fail', expect.stringContaining('is ROLLBACK_COMPLETE')]]);
    });

    test('continues if one check fails, and reports it', async () => {
      const refuse = () => {
        throw Object.assign(new Error('not authorized to perform'), { name: 'AccessDenied' });
      };
      const { of, exitCode } = await doctor({
        deployment: aHealthyDeployment({ ListSubscriptionsByTopicCommand: refuse, QueryCommand: refuse }),
      });
      expect(of('subscriptions')).toEqual([
        ['unknown', expect.stringContaining('not authorized to perform')],
      ]);
      expect(of('last run')).toEqual([['unknown', expect.stringContaining('could not be checked')]]);
      expect(of('stop')).toEqual([['ok', 'no stop is set']]);
      expect(of('groups')).toEqual([['ok', expect.stringContaining('have opted in')]]);
      expect(exitCode).toBe(0);
    });

    test('does not wait forever for an answer', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const hung = Promise.withResolvers<void>();
      const checked = doctor({
        deployment: aHealthyDeployment({
          ListSubscriptionsByTopicCommand: () => {
            hung.resolve();
            return new Promise<object>(() => {});
          },
        }),
      });
      await hung.promise;
      await vi.advanceTimersByTimeAsync(10_000);
      const { of } = await checked;
      expect(of('subscriptions')).toEqual([['unknown', 'could not be checked: no answer within 10 s']]);
      expect(of('stop')).toEqual([['ok', 'no stop is set']]);
    });
  });

  describe('of the ledger', () => {
    test('finds a stop', async () => {
      const deployment = aHealthyDeployment();
      await deployment.ledger.setStop({ reason: 'sale', by: 'ann', at: '2026-11-23T08:00:00.000Z' });
      const { of, exitCode } = await doctor({ deployment });
      expect(of('stop')).toEqual([['fail', expect.stringContaining('"sale", by ann')]]);
      expect(exitCode).toBe(1);
    });

    test('shows the last run', async () => {
      const deployment = aHealthyDeployment();
      await deployment.ledger.recordRun(aReport({ startedAt: '2026-11-23T08:58:00.000Z', trigger: 'cli' }));
      expect((await doctor({ deployment })).of('last run')).toEqual([
        ['ok', expect.stringMatching(/^Mon 2026-11-23 08:58, trigger cli: /)],
      ]);
      expect((await doctor()).of('last run')).toEqual([['warn', 'there has been no run yet']]);
    });

    /** As of Monday 09:30: the last slot was at 09:00, and its run has been recorded. */
    async function scheduled(startedAt: readonly string[], trigger: 'schedule' | 'invoke' = 'schedule') {
      const deployment = aHealthyDeployment({
        DescribeStacksCommand: () => deployed('2026-11-20T08:00:00Z'),
      });
      await deployment.clock.advance(30 * 60_000);
      for (const [index, at] of startedAt.entries()) {
        const runId = `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z-0000000${index % 10}`;
        await deployment.ledger.recordRun(aReport({ runId, trigger, startedAt: at }));
      }
      return (await doctor({ deployment })).of('schedule');
    }
    const deployed = (at: string) => ({
      Stacks: [
        {
          StackName: stackName,
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: new Date(at),
          Outputs: [
            { OutputKey: outputs.table, OutputValue: 'chaos-monkey' },
            { OutputKey: outputs.topic, OutputValue: topic },
          ],
        },
      ],
    });
    const slot = 'Mon 2026-11-23 09:00 UTC';

    test('finds that the schedule makes no runs', async () => {
      const missed = [['fail', `the last slot, ${slot}, had no run. Check that the schedule is enabled:`]];
      expect(await scheduled([])).toEqual(missed);
      expect(await scheduled(['2026-11-20T15:00:02.000Z'])).toEqual(missed);
      expect(await scheduled(['2026-11-23T09:00:02.000Z'], 'invoke')).toEqual(missed);
    });

    test('sees in the ledger that it does', async () => {
      expect(await scheduled(['2026-11-23T09:00:02.000Z'])).toEqual([
        ['ok', `the last slot, ${slot}, had its run`],
      ]);
    });

    test('does not guess when there are too many later runs', async () => {
      const later = Array.from({ length: 20 }, (_, second) => `2026-11-23T09:10:${second + 10}.000Z`);
      expect(await scheduled(later, 'invoke')).toEqual([
        ['unknown', expect.stringContaining('the last 20 runs')],
      ]);
    });
  });

  describe('of the accounts', () => {
    const denied = {
      stage: 'assume-role',
      code: 'AccessDenied',
      message: 'no',
      account: '222222222222',
    } as const;

    test('finds a role that cannot be assumed, and says what to compare', async () => {
      const { of, checks, exitCode } = await failing(denied);
      expect(of('roles')).toEqual([
        ['fail', expect.stringMatching(/^222222222222 not accessible .*external id/)],
      ]);
      expect(checks.find(({ check }) => check === 'roles')?.help.at(-1)).toContain('ChaosTargetRole');
      expect(exitCode).toBe(1);
    });

    test('tells a region that is not enabled from one that did not answer', async () => {
      const place = { stage: 'survey', account: '222222222222', message: 'no' } as const;
      const { of } = await failing(
        { ...place, code: 'AuthFailure', region: 'eu-west-1' },
        { ...place, code: 'ThrottlingException', region: 'us-east-1' },
      );
      expect(of('regions')).toEqual([
        ['fail', '222222222222/eu-west-1: apparently not enabled in the account (AuthFailure)'],
        ['warn', '222222222222/us-east-1: ThrottlingException: no'],
      ]);
      expect(of('roles')).toEqual([['ok', '2 accounts accessible']]);
    });

    test('finds that nothing has opted in', async () => {
      const { of, exitCode } = await seeing(({ fleet }) => ({
        fleet: {
          ...fleet,
          survey: async () => ({ value: { seen: [], regionsSurveyed: 4 }, failures: [] }),
        },
      }));
      expect(of('groups')).toEqual([['fail', 'no group has opted in']]);
      expect(exitCode).toBe(1);
    });

    test('finds instances without the tag, which their group did not propagate', async () => {
      const { of, checks, exitCode } = await seeing(({ fleet }) => ({
        fleet: {
          ...fleet,
          inspect: async (...given) => {
            const { value: found, failures } = await fleet.inspect(...given);
            const untagged = [...found].map(([key, looked]) => {
              const instances = (looked as InstanceInspection).instances.map((one) => ({ ...one, tags: {} }));
              return [key, { ...looked, instances }] as const;
            });
            return { value: new Map(untagged), failures };
          },
        },
      }));
      expect(of('instances')).toEqual([
        [
          'fail',
          expect.stringMatching(
            /^(\d+) of \1 instances lack the tag chaos:opt-in=true \(3 of \d+ groups inspected\): i-/,
          ),
        ],
      ]);
      expect(checks.find(({ check }) => check === 'instances')?.help.at(-1)).toMatch(
        /^aws ec2 create-tags --tags Key=chaos:opt-in,Value=true --resources i-\w+/,
      );
      expect(exitCode).toBe(1);
    });

    test('ignores instances out of service, which are not inspected', async () => {
      const { of } = await seeing(({ fleet }) => ({
        fleet: {
          ...fleet,
          survey: async (...given) => {
            const { value: found, failures } = await fleet.survey(...given);
            const isOther = (one: unknown) => /"group":"[^"]*(?<!\/cart)"/.test(JSON.stringify(one));
            return { value: { ...found, seen: found.seen.filter((one) => !isOther(one)) }, failures };
          },
        },
      }));
      expect(of('instances')).toEqual([['ok', 'all 2 instances have the tag (1 of 1 group inspected)']]);
    });

    test('finds groups that are held', async () => {
      const group = '111111111111/us-east-1/asg/checkout';
      await server.world.ledger.setLeash(group, {
        reason: 'flaky',
        by: 'ann',
        at: '2026-11-23T08:00:00.000Z',
      });
      const { of } = await doctor();
      await server.world.ledger.setLeash(group, undefined);
      expect(of('held')).toEqual([['warn', `leashed or vetoed: ${group}`]]);
    });

    test('finds that the clock of this machine is wrong', async () => {
      const { of } = await seeing(() => ({ skew: { offsetMs: () => 3 * 3_600_000 } }));
      expect(of('gate')).toEqual([['fail', expect.stringContaining('180 minutes behind')]]);
    });

    test('finds a closed gate of signals', async () => {
      const { of } = await seeing(({ config }) => ({
        config: { ...config, gates: { ...config.gates, changeCalendars: ['freeze'] } },
        signals: { alarms: async () => [], closedCalendars: async () => ['freeze'] },
      }));
      expect(of('gate')).toEqual([['fail', expect.stringContaining('freeze')]]);
    });
  });

  describe('of the function', () => {
    test('finds that the deployed configuration is another', async () => {
      const { of } = await seeing(({ config }) => ({ config: { ...config, leashed: true } }));
      expect(of('leash')).toEqual([
        ['warn', 'the deployed configuration says leashed: true, the file says leashed: false'],
      ]);
    });

    test('finds that its holidays have run out, or will soon', async () => {
      const through = (day: string) =>
        seeing(({ config }) => ({
          config: { ...config, calendar: { ...config.calendar, holidayDates: { through: day, days: [] } } },
        }));
      expect((await through('2026-11-22')).of('holidays')).toEqual([
        ['fail', expect.stringContaining('2026-11-22')],
      ]);
      expect((await through('2026-11-23')).of('holidays')).toEqual([
        ['warn', expect.stringContaining('2026-11-23')],
      ]);
      expect((await through('2029-12-31')).of('holidays')).toEqual([['ok', 'known through 2029-12-31']]);
    });
  });

  describe('of the subscriptions', () => {
    const subscribed = (Subscriptions: readonly object[], emails: string[]) =>
      doctor({
        deployment: aHealthyDeployment({ ListSubscriptionsByTopicCommand: () => ({ Subscriptions }) }),
        config: { notifications: { emails } },
      });

    test('lists unconfirmed and missing subscriptions', async () => {
      const pending = {
        Endpoint: 'bob@example.com',
        SubscriptionArn: 'PendingConfirmation',
        Protocol: 'email',
      };
      const { of, exitCode } = await subscribed([confirmed, pending], ['bob@example.com', 'eve@example.com']);
      expect(of('subscriptions')).toEqual([
        ['ok', '1 subscription confirmed'],
        ['warn', 'not confirmed: bob@example.com'],
        ['warn', 'not subscribed: eve@example.com'],
      ]);
      expect(exitCode).toBe(0);
    });

    test('says that nobody is notified, and how to change that', async () => {
      const { of, checks } = await subscribed([], []);
      expect(of('subscriptions')).toEqual([['warn', 'nobody is notified']]);
      const [help = ''] = checks.find(({ check }) => check === 'subscriptions')?.help ?? [];
      for (const name of ['emails', ...Object.keys(channels)])
        expect(help).toContain(`notifications.${name}`);
    });
  });

  describe('of the concurrency, where experiments are deployed', () => {
    const withLeft = (left: number, experiments: object = { deploy: true }) =>
      doctor({
        deployment: aHealthyDeployment({
          GetAccountSettingsCommand: () => ({ AccountLimit: { UnreservedConcurrentExecutions: left } }),
        }),
        config: { experiments },
      });

    test('warns of an account that is new, and says how to ask for more', async () => {
      const { of, checks, exitCode } = await withLeft(10);
      expect(of('concurrency')).toEqual([['warn', expect.stringContaining('10 invocations at a time')]]);
      const [help = ''] = checks.find(({ check }) => check === 'concurrency')?.help ?? [];
      expect(help).toContain('--quota-code L-B99A9384');
      expect(exitCode).toBe(0);
      expect((await withLeft(99)).of('concurrency')).toEqual([['warn', expect.anything()]]);
    });

    test('is content with what Lambda lets nobody reserve', async () => {
      expect((await withLeft(100)).of('concurrency')).toEqual([['ok', expect.anything()]]);
    });

    test('asks nothing where none are', async () => {
      expect((await withLeft(10, {})).of('concurrency')).toEqual([]);
    });
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsWorld, masterAnnouncer, masterLedger, newSecret } from '#aws/world.ts';
import type { Target } from '#core/fault.ts';
import type { Order, World } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import { faults } from '#faults/registry.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import { aConfig } from '../support/a-config.ts';
import { deployedWorld, policyOf } from '../support/deployed-world.ts';

const master = '111111111111';
const target = '222222222222';
const optIn = { 'chaos:opt-in': 'true' };
/** Every fault in every form it has. */
const choices = [
  'ec2-terminate',
  { name: 'ec2-terminate', parameters: { via: 'autoscaling' } },
  'ec2-stop',
  'ec2-reboot',
] as const;
/** What Lambda does under the function's role by itself. */
const byLambda = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

/** The master is its own target; the other account has two regions. For each choice there are groups in all of them. */
function aDeployment() {
  const config = aConfig({ accounts: [master, { id: target, regions: ['eu-west-1', 'us-east-1'] }] });
  const deployment = deployedWorld(config);
  const { sandbox, clock, environment } = deployment;
  for (const { id, regions } of config.accounts) {
    for (const name of regions) {
      const region = sandbox.account(id).region(name);
      for (const index of choices.keys()) {
        region.autoScalingGroup({ name: `web-${index}`, desired: 3, tags: optIn });
        for (const zone of ['a', 'b', 'c']) {
          const tags = { ...optIn, 'chaos:group': `workers-${index}` };
          region.instance({ zone: `${name}${zone}`, tags });
        }
      }
    }
  }
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport });
  const ledger = masterLedger({ config, clock, clients, tableName: environment.TABLE_NAME, newSecret });
  const world: World = awsWorld({
    config,
    faults,
    clock,
    clients,
    sessions: assumedSessions(clients, config.master.region),
    ledger,
    announcer: masterAnnouncer({ config, clients, topicArn: environment.TOPIC_ARN }),
    journal: { begun: () => {}, decided: () => {}, struck: () => {}, failed: () => {}, ended: () => {} },
  });
  return { ...deployment, config, world, ledger };
}

let invocations = 0;
async function invoke(world: World, request: object): Promise<RunReport> {
  invocations += 1;
  const awsRequestId = `invocation-${invocations}`;
  const context = { awsRequestId, getRemainingTimeInMillis: () => 300_000 };
  return (await chaosMonkey(world, () => '3f9a1c2b')({ ...request }, context)) as RunReport;
}

describe('a run under the deployed policies', () => {
  const deployment = aDeployment();
  const { world, ledger, calls, masterRole, targetRoles, topic } = deployment;
  const reports: RunReport[] = [];

  beforeAll(async () => {
    for (const [index, fault] of choices.entries()) {
      const groups = [`web-${index}`, `workers-${index}`];
      reports.push(await invoke(world, { dryRun: false, force: true, fault, groups }));
    }
    // The one call that only a stop in the midst of a run brings about.
    await ledger.setStop({ reason: 'test', by: 'test', at: '2026-11-23T09:00:00Z' });
    const claim = {
      slot: 's',
      group: 'g',
      runId: 'r',
      instanceId: 'i',
      fault: 'f',
      at: '2026-11-23T09:00:00Z',
    };
    expect((await ledger.claim(claim)).status).toBe('stopped');
  });

  test.each(choices.map((fault, index) => [fault, index] as const))(
    'may do all that it does with %o',
    (_fault, index) => {
      const report = reports[index];
      expect(report?.failures).toEqual([]);
      expect(report?.strikes.length).toBeGreaterThanOrEqual(3);
      expect(new Set(report?.strikes.map(({ outcome }) => outcome))).toEqual(new Set(['succeeded']));
      expect(new Set(report?.strikes.map(({ account }) => account))).toEqual(new Set([master, target]));
    },
  );

  test('is announced', () => {
    expect(topic.messages).toHaveLength(choices.length);
  });

  test('uses every action that a target role grants', () => {
    for (const role of targetRoles) {
      const called = actionsOf(calls, `:assumed-role/chaos-monkey-target/`);
      expect(called).toEqual(grantedBy(role));
    }
  });

  test('uses every action that the master role grants, but for those that Lambda itself uses', () => {
    const called = actionsOf(calls, ':assumed-role/chaos-monkey-master/');
    // Part of every AssumeRole call that names its session.
    called.add('sts:SetSourceIdentity');
    expect(new Set([...called, ...byLambda])).toEqual(grantedBy(masterRole));
  });
});

describe('a strike that should not be', () => {
  const { world, sandbox } = aDeployment();
  const untagged = sandbox
    .account(target)
    .region('eu-west-1')
    .instance({ tags: { 'chaos:opt-in': 'false' } });
  const elsewhere = sandbox.account(target).region('ap-south-1').instance({ tags: optIn });

  const orderOn = (region: string, instanceId: string): Order => ({
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    target: {
      account: target,
      region,
      group: 'g',
      autoScalingGroup: undefined,
      instanceId,
      zone: `${region}a`,
      arns: {
        instance: `arn:aws:ec2:${region}:${target}:instance/${instanceId}`,
        autoScalingGroup: undefined,
      },
    } satisfies Target,
  });
  const strike = async (order: Order, another = order) => {
    const run = { runId: 'r-1', deadline: world.clock.now() + 60_000, surveyBy: world.clock.now() + 60_000 };
    const { found } = await world.striker.open([order], run);
    return found[0]?.strike(another, run.deadline);
  };

  test('is refused by IAM on an instance that did not opt in', async () => {
    await expect(strike(orderOn('eu-west-1', untagged.id))).rejects.toThrow(/not authorized/i);
  });

  test('is refused by IAM in a region that is not configured', async () => {
    await expect(strike(orderOn('ap-south-1', elsewhere.id))).rejects.toThrow(/not authorized/i);
  });

  test('is refused by IAM on an instance that opted in but was not ordered', async () => {
    const [ordered, other] = sandbox.account(target).region('eu-west-1').instances();
    if (ordered === undefined || other === undefined) throw new Error('the fleet is empty');
    const order = orderOn('eu-west-1', ordered.id);
    await expect(strike(order, orderOn('eu-west-1', other.id))).rejects.toThrow(/not authorized/i);
    await expect(strike(order)).resolves.toBe('running -> shutting-down');
  });
});

function actionsOf(calls: ReturnType<typeof aDeployment>['calls'], caller: string): Set<string> {
  return new Set(calls.filter((call) => call.caller.includes(caller)).map(({ action }) => action));
}

function grantedBy(role: Parameters<typeof policyOf>[0]): Set<string> {
  return new Set(policyOf(role).Statement.flatMap(({ Action }) => Action));
}

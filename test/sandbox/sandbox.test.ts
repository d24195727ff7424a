import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeInstancesCommand,
  DescribeVpcsCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import { FisClient } from '#aws/fis/client.ts';
import { GetSafetyLeverCommand } from '#aws/fis/get-safety-lever.ts';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { aSandbox, master, region, role, target } from './a-sandbox.ts';

const topicArn = `arn:aws:sns:${region}:${target}:chaos`;

/** One call of each service. */
const calls: readonly [string, (clients: Clients, scope: ClientScope) => Promise<unknown>][] = [
  ['EC2', (clients, scope) => clients(EC2Client, scope).send(new DescribeInstancesCommand())],
  [
    'Auto Scaling',
    (clients, scope) => clients(AutoScalingClient, scope).send(new DescribeAutoScalingGroupsCommand()),
  ],
  [
    'STS',
    (clients, scope) =>
      clients(STSClient, scope).send(
        new AssumeRoleCommand({ RoleArn: role.roleArn, RoleSessionName: 'run-2', ExternalId: 'agreed' }),
      ),
  ],
  [
    'SNS',
    (clients, scope) =>
      clients(SNSClient, scope).send(new PublishCommand({ TopicArn: topicArn, Message: 'x' })),
  ],
  [
    'DynamoDB',
    (clients, scope) =>
      clients(DynamoDBClient, scope).send(
        new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' } } }),
      ),
  ],
  [
    'SSM',
    (clients, scope) => clients(SSMClient, scope).send(new GetParameterCommand({ Name: '/chaos/webhook' })),
  ],
  ['CloudWatch', (clients, scope) => clients(CloudWatchClient, scope).send(new DescribeAlarmsCommand())],
  ['FIS', (clients, scope) => clients(FisClient, scope).send(new GetSafetyLeverCommand({ id: 'default' }))],
];

/** What each says of expired credentials, and of what is not allowed. */
const words: Record<string, { readonly expired: string; readonly denied: string }> = {
  EC2: { expired: 'RequestExpired', denied: 'UnauthorizedOperation' },
  'Auto Scaling': { expired: 'ExpiredToken', denied: 'AccessDenied' },
  STS: { expired: 'ExpiredToken', denied: 'AccessDenied' },
  SNS: { expired: 'ExpiredToken', denied: 'AuthorizationErrorException' },
  DynamoDB: { expired: 'ExpiredTokenException', denied: 'AccessDeniedException' },
  SSM: { expired: 'ExpiredTokenException', denied: 'AccessDeniedException' },
  CloudWatch: { expired: 'ExpiredTokenException', denied: 'AccessDeniedException' },
  FIS: { expired: 'ExpiredTokenException', denied: 'AccessDeniedException' },
};

describe('the process itself', () => {
  test('is the role in the master account', async () => {
    const { clients } = aSandbox({
      caller: { account: master, roleName: 'chaos-monkey', sessionName: 'chaos_monkey' },
    });
    expect(await clients(STSClient, { region }).send(new GetCallerIdentityCommand())).toMatchObject({
      Account: master,
      Arn: `arn:aws:sts::${master}:assumed-role/chaos-monkey/chaos_monkey`,
    });
  });

  test('sees its own account and no other', async () => {
    const { clients, sandbox, home } = aSandbox();
    home.instance();
    const own = sandbox.account(master).region(region).instance();
    const { Reservations = [] } = await clients(EC2Client, { region }).send(new DescribeInstancesCommand());
    expect(
      Reservations.flatMap(({ Instances = [] }) => Instances).map(({ InstanceId }) => InstanceId),
    ).toEqual([own.id]);
  });
});

describe('a session', () => {
  test.each(calls)('expires, and %s says so in its own words', async (service, call) => {
    const { clients, clock, assume } = aSandbox({ jumps: false });
    const session = await assume();
    // No retries: EC2's answer is one that the SDK takes for a wrong clock.
    const scope = { ...session, deadline: 0 };
    const outcome = () =>
      call(clients, scope).then(
        () => 'answered',
        (error: Error) => error.name,
      );
    await clock.advance(899_999);
    expect(await outcome()).not.toBe(words[service]?.expired);
    await clock.advance(1);
    expect(await outcome()).toBe(words[service]?.expired);
  });
});

describe('a session that assumes a further role', () => {
  test('takes its source identity along', async () => {
    const { clients, sandbox, assume } = aSandbox();
    const { arn } = sandbox
      .account('333333333333')
      .role({ name: 'next', trust: { principal: role.roleArn } });
    const session = await assume({ SourceIdentity: 'run-1' });
    const { SourceIdentity } = await clients(STSClient, session).send(
      new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'further' }),
    );
    expect(SourceIdentity).toBe('run-1');
  });
});

describe('an authorizer', () => {
  test.each(calls)('denies, and %s says so in its own words', async (service, call) => {
    const { clients } = aSandbox({ authorize: () => false });
    await expect(call(clients, { region })).rejects.toMatchObject({
      name: words[service]?.denied,
      message: expect.stringMatching(/User: \S+ is not authorized to perform: \w+:\w+ on resource: \S+/),
    });
  });

  test('is told who wants what of which resource, and what policies there are', async () => {
    const asked: AuthorizationRequest[] = [];
    const { clients, home, assume } = aSandbox({
      authorize: async (request) => {
        asked.push(request);
        return true;
      },
    });
    home.autoScalingGroup({ name: 'web', desired: 1, tags: { app: 'web' } });
    const [instance] = home.instances();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const session = await assume({ Policy, SourceIdentity: 'run-1' });
    await clients(EC2Client, session).send(
      new TerminateInstancesCommand({ InstanceIds: [instance?.id ?? ''] }),
    );
    expect(asked.map(({ action }) => action)).toEqual([
      'sts:AssumeRole',
      'sts:SetSourceIdentity',
      'ec2:TerminateInstances',
    ]);
    expect(asked[0]).toMatchObject({
      resource: role.roleArn,
      account: master,
      region,
      context: {
        'sts:ExternalId': 'agreed',
        'sts:RoleSessionName': 'run-1',
        'sts:SourceIdentity': 'run-1',
      },
      identity: { principal: `arn:aws:iam::${master}:role/chaos-monkey`, sessionPolicy: undefined },
    });
    expect(asked[2]).toMatchObject({
      resource: `arn:aws:ec2:${region}:${target}:instance/${instance?.id}`,
      resourceTags: { app: 'web', 'aws:autoscaling:groupName': 'web' },
      account: target,
      region,
      identity: {
        principal: role.roleArn,
        sessionPolicy: Policy,
        sourceIdentity: 'run-1',
        rolePolicy: { Version: '2012-10-17', Statement: [] },
      },
    });
  });

  test('is asked about the group where an instance is ended through it', async () => {
    const asked: AuthorizationRequest[] = [];
    const { clients, home, assume } = aSandbox({
      authorize: (request) => {
        asked.push(request);
        return true;
      },
    });
    const group = home.autoScalingGroup({ name: 'web', desired: 1, tags: { app: 'web' } });
    await clients(AutoScalingClient, await assume()).send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: home.instances()[0]?.id,
        ShouldDecrementDesiredCapacity: false,
      }),
    );
    expect(asked.at(-1)).toMatchObject({
      action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
      resource: group.arn,
      resourceTags: { app: 'web' },
    });
  });

  test('one instance of a batch that is not allowed, and none is touched', async () => {
    let forbidden = '';
    const { clients, home, assume } = aSandbox({
      authorize: ({ resource }) => !resource.endsWith(`instance/${forbidden}`),
    });
    const ids = [home.instance().id, home.instance().id];
    [, forbidden = ''] = ids;
    await expect(
      clients(EC2Client, await assume()).send(new TerminateInstancesCommand({ InstanceIds: ids })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect(home.instances().map(({ state }) => state)).toEqual(['running', 'running']);
  });

  test('is asked for each part of a transaction', async () => {
    const asked: string[] = [];
    const { clients } = aSandbox({
      authorize: ({ action, resource }) => {
        asked.push(`${action} ${resource}`);
        return true;
      },
    });
    const part = { TableName: 'ledger', Key: { pk: { S: 'a' } } };
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'ledger', Item: { pk: { S: 'a' } } } },
        { Update: { ...part, UpdateExpression: 'REMOVE #x' } },
        { Delete: part },
        { ConditionCheck: { ...part, ConditionExpression: 'attribute_exists(#pk)' } },
      ],
    });
    await expect(clients(DynamoDBClient, { region }).send(transaction)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const table = `arn:aws:dynamodb:${region}:${master}:table/ledger`;
    expect(asked).toEqual([
      `dynamodb:PutItem ${table}`,
      `dynamodb:UpdateItem ${table}`,
      `dynamodb:DeleteItem ${table}`,
      `dynamodb:ConditionCheckItem ${table}`,
    ]);
  });

  test('has no say in GetCallerIdentity', async () => {
    const { clients } = aSandbox({ authorize: () => false });
    await expect(clients(STSClient, { region }).send(new GetCallerIdentityCommand())).resolves.toMatchObject({
      Account: master,
    });
  });
});

describe('an observer', () => {
  test('is told of every call, the refused ones and the retries too', async () => {
    const seen: SandboxCall[] = [];
    const { clients, sandbox, home, assume } = aSandbox({ onCall: (call) => seen.push(call) });
    const { id } = home.instance();
    const session = await assume({ Policy: '{}' });
    sandbox.disruptions.throttle({ action: 'ec2:TerminateInstances' }, 1);
    await clients(EC2Client, session).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    expect(seen.map(({ action }) => action)).toEqual([
      'sts:AssumeRole',
      'ec2:TerminateInstances',
      'ec2:TerminateInstances',
    ]);
    expect(seen[1]).toEqual({
      account: target,
      region,
      action: 'ec2:TerminateInstances',
      resources: [`arn:aws:ec2:${region}:${target}:instance/${id}`],
      caller: `arn:aws:sts::${target}:assumed-role/target/run-1`,
      sessionPolicy: '{}',
      input: { InstanceIds: [id] },
    });
  });
});

describe('what the sandbox does not implement', () => {
  test('a command is named', async () => {
    const { clients } = aSandbox();
    await expect(clients(EC2Client, { region }).send(new DescribeVpcsCommand())).rejects.toThrow(
      'the sandbox does not implement DescribeVpcs (EC2Client)',
    );
  });

  test('a member of an input is named, rather than ignored', async () => {
    const { clients, sandbox } = aSandbox();
    const { id } = sandbox.account(master).region(region).instance();
    await expect(
      clients(EC2Client, { region }).send(new TerminateInstancesCommand({ InstanceIds: [id], DryRun: true })),
    ).rejects.toThrow('the sandbox does not implement TerminateInstances.DryRun (EC2Client)');
    expect(sandbox.account(master).region(region).instances()).toMatchObject([{ state: 'running' }]);
  });

  test('a filter is named', async () => {
    const { clients } = aSandbox();
    const describe = (Name: string, value: string) =>
      clients(EC2Client, { region }).send(
        new DescribeInstancesCommand({ Filters: [{ Name, Values: [value] }] }),
      );
    await expect(describe('vpc-id', 'vpc-1')).rejects.toThrow('the EC2 filter vpc-id');
    await expect(describe('tag:app', 'web*')).rejects.toThrow('wildcards in the EC2 filter tag:app');
  });
});

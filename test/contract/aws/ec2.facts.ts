import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
  type Filter,
  type Instance,
  paginateDescribeInstances,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { createGroup } from './arrange-groups.ts';
import {
  protectFromStop,
  protectFromTermination,
  runInstances,
  runSpotInstance,
} from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const unknownId = 'i-0123456789abcdef0';

export const title = 'EC2';

export function facts(fact: Fact): void {
  fact('a tag filter finds the instances with that value, and no others', async (account, aws) => {
    const web = await runInstances(account, 2, { app: 'web' });
    await runInstances(account, 1, { app: 'search' });
    await runInstances(account, 1, {});
    expect(await idsBy(account, aws, [{ Name: 'tag:app', Values: ['web'] }])).toEqual(web.toSorted());
  });

  fact('the values of a filter are alternatives, and all filters must agree', async (account, aws) => {
    const web = await runInstances(account, 1, { app: 'web', stage: 'prod' });
    const search = await runInstances(account, 1, { app: 'search', stage: 'prod' });
    await runInstances(account, 1, { app: 'web', stage: 'test' });
    await runInstances(account, 1, { app: 'mail', stage: 'prod' });
    expect(
      await idsBy(account, aws, [
        { Name: 'tag:app', Values: ['web', 'search'] },
        { Name: 'tag:stage', Values: ['prod'] },
      ]),
    ).toEqual([...web, ...search].toSorted());
  });

  fact('the filter tag-key asks for the key alone', async (account, aws) => {
    const tagged = [
      ...(await runInstances(account, 1, { app: 'a' })),
      ...(await runInstances(account, 1, { app: 'b' })),
    ];
    await runInstances(account, 1, { other: 'a' });
    expect(await idsBy(account, aws, [{ Name: 'tag-key', Values: ['app'] }])).toEqual(tagged.toSorted());
  });

  fact('the filter instance-state-name asks for the state', async (account, aws) => {
    const [first = '', second = ''] = await runInstances(account, 2, {});
    await ec2(account, aws).send(new StopInstancesCommand({ InstanceIds: [first] }));
    await aws.settle();
    expect(await idsBy(account, aws, [{ Name: 'instance-state-name', Values: ['stopped'] }])).toEqual([
      first,
    ]);
    expect(await idsBy(account, aws, [{ Name: 'instance-state-name', Values: ['running'] }])).toEqual([
      second,
    ]);
  });

  fact('the filter instance-id leaves out what is not there, without an error', async (account, aws) => {
    const [first = ''] = await runInstances(account, 2, {});
    expect(await idsBy(account, aws, [{ Name: 'instance-id', Values: [first, unknownId] }])).toEqual([first]);
  });

  fact('an instance shows its zone, its state and its tags', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, { app: 'web' });
    const [instance] = await described(account, aws, { InstanceIds: [id] });
    expect(instance).toMatchObject({
      InstanceId: id,
      State: { Code: 16, Name: 'running' },
      Placement: { AvailabilityZone: expect.stringMatching(/^eu-west-1[a-c]$/) },
      Tags: [{ Key: 'app', Value: 'web' }],
      LaunchTime: expect.any(Date),
    });
  });

  fact(
    'an instance says what its root device is, and how it was bought where that is not On-Demand',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      const spot = await runSpotInstance(account);
      expect(await described(account, aws, { InstanceIds: [id, spot] })).toEqual([
        expect.objectContaining({ InstanceId: id, RootDeviceType: 'ebs' }),
        expect.objectContaining({ InstanceId: spot, RootDeviceType: 'ebs', InstanceLifecycle: 'spot' }),
      ]);
      const [onDemand] = await described(account, aws, { InstanceIds: [id] });
      expect(onDemand?.InstanceLifecycle).toBeUndefined();
      expect(onDemand?.Operator?.Managed ?? false).toBe(false);
    },
  );

  fact(
    'a Spot Instance of a one-time request cannot be stopped, and can be rebooted and terminated',
    async (account, aws) => {
      const InstanceIds = [await runSpotInstance(account)];
      await expect(ec2(account, aws).send(new StopInstancesCommand({ InstanceIds }))).rejects.toMatchObject({
        name: 'UnsupportedOperation',
      });
      await ec2(account, aws).send(new RebootInstancesCommand({ InstanceIds }));
      await ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds }));
    },
    'stops it',
  );

  fact(
    'pages hold all instances, each once',
    async (account, aws) => {
      const ids = await runInstances(account, 12, {});
      const pages: number[] = [];
      const seen: (string | undefined)[] = [];
      const paginator = paginateDescribeInstances({ client: ec2(account, aws), pageSize: 5 }, {});
      for await (const { Reservations = [] } of paginator) {
        const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
        pages.push(instances.length);
        seen.push(...instances.map(({ InstanceId }) => InstanceId));
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
      expect(pages).toEqual([5, 5, 2]);
    },
    'pages hold reservations, however many instances are in each',
  );

  fact(
    'filters have 200 values in all',
    async (account, aws) => {
      const Values = Array.from({ length: 200 }, (_, index) => `app-${index}`);
      await idsBy(account, aws, [{ Name: 'tag:app', Values }]);
      await expect(
        idsBy(account, aws, [
          { Name: 'tag:app', Values },
          { Name: 'tag-key', Values: ['app'] },
        ]),
      ).rejects.toMatchObject({ name: 'FilterLimitExceeded' });
    },
    'takes any number',
  );

  fact('MaxResults and InstanceIds are not taken together', async (account, aws) => {
    const InstanceIds = [...(await runInstances(account, 1, {}))];
    await expect(
      ec2(account, aws).send(new DescribeInstancesCommand({ InstanceIds, MaxResults: 5 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  fact(
    'pages of fewer than 5 are refused',
    async (account, aws) => {
      await expect(
        ec2(account, aws).send(new DescribeInstancesCommand({ MaxResults: 4 })),
      ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    },
    'takes any size',
  );

  fact('an unknown instance is an error where it is named', async (account, aws) => {
    const InstanceIds = [unknownId];
    const client = ec2(account, aws);
    for (const command of [
      () => client.send(new DescribeInstancesCommand({ InstanceIds })),
      () => client.send(new TerminateInstancesCommand({ InstanceIds })),
      () => client.send(new StopInstancesCommand({ InstanceIds })),
      () => client.send(new StartInstancesCommand({ InstanceIds })),
      () => client.send(new RebootInstancesCommand({ InstanceIds })),
    ]) {
      await expect(command()).rejects.toMatchObject({
        name: 'InvalidInstanceID.NotFound',
        message: `The instance ID '${unknownId}' does not exist`,
      });
    }
  });

  fact(
    'an id that cannot be one is malformed',
    async (account, aws) => {
      await expect(
        ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: ['web'] })),
      ).rejects.toMatchObject({ name: 'InvalidInstanceID.Malformed' });
    },
    'says that it does not exist',
  );

  fact('a terminated instance shuts down and is then terminated', async (account, aws) => {
    const [id = '', other = ''] = await runInstances(account, 2, { app: 'web' });
    const { TerminatingInstances } = await ec2(account, aws).send(
      new TerminateInstancesCommand({ InstanceIds: [id] }),
    );
    expect(TerminatingInstances).toEqual([
      {
        InstanceId: id,
        PreviousState: { Code: 16, Name: 'running' },
        CurrentState: { Code: 32, Name: 'shutting-down' },
      },
    ]);
    await aws.settle();
    expect(await stateOf(account, aws, id)).toBe('terminated');
    expect(await stateOf(account, aws, other)).toBe('running');
  });

  fact('one unknown id and none of a batch is terminated', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, {});
    await expect(
      ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [id, unknownId] })),
    ).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    await aws.settle();
    expect(await stateOf(account, aws, id)).toBe('running');
  });

  fact('terminating twice is no error', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, {});
    const terminate = () => ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await terminate();
    await aws.settle();
    await terminate();
    expect(await stateOf(account, aws, id)).toBe('terminated');
  });

  fact('an instance tells whether it is protected from termination', async (account, aws) => {
    const [id = '', other = ''] = await runInstances(account, 2, {});
    await protectFromTermination(account, id);
    const isProtected = async (InstanceId: string) => {
      const { DisableApiTermination, ...rest } = await ec2(account, aws).send(
        new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' }),
      );
      expect(rest).toMatchObject({ InstanceId });
      return DisableApiTermination?.Value;
    };
    expect(await isProtected(id)).toBe(true);
    expect(await isProtected(other)).toBe(false);
    await expect(isProtected(unknownId)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  fact('a protected instance is not terminated, and can be stopped', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, {});
    await protectFromTermination(account, id);
    await expect(
      ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [id] })),
    ).rejects.toMatchObject({
      name: 'OperationNotPermitted',
      message: `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    });
    expect(await stateOf(account, aws, id)).toBe('running');
    await ec2(account, aws).send(new StopInstancesCommand({ InstanceIds: [id] }));
    await aws.settle();
    expect(await stateOf(account, aws, id)).toBe('stopped');
  });

  fact('an instance tells whether it is protected from being stopped', async (account, aws) => {
    const [id = '', other = ''] = await runInstances(account, 2, {});
    await protectFromStop(account, id);
    const isProtected = async (InstanceId: string) => {
      const { DisableApiStop } = await ec2(account, aws).send(
        new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiStop' }),
      );
      return DisableApiStop?.Value;
    };
    expect(await isProtected(id)).toBe(true);
    expect(await isProtected(other)).toBe(false);
    await expect(isProtected(unknownId)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  fact(
    'an instance that is protected from being stopped is not, and can be rebooted',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      await protectFromStop(account, id);
      await expect(
        ec2(account, aws).send(new StopInstancesCommand({ InstanceIds: [id] })),
      ).rejects.toMatchObject({
        name: 'OperationNotPermitted',
        message: expect.stringContaining("Modify its 'disableApiStop' instance attribute and try again."),
      });
      await ec2(account, aws).send(new RebootInstancesCommand({ InstanceIds: [id] }));
      await aws.settle();
      expect(await stateOf(account, aws, id)).toBe('running');
    },
  );

  fact(
    'stop protection protects from termination as well',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      await protectFromStop(account, id);
      await expect(
        ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [id] })),
      ).rejects.toMatchObject({ name: 'OperationNotPermitted' });
      expect(await stateOf(account, aws, id)).toBe('running');
    },
    'terminates it',
  );

  fact(
    'a protected instance keeps what is asked for in its zone alive, and nothing elsewhere',
    async (account, aws) => {
      const group = { desired: 4, min: 1, max: 4, tags: {}, propagateTags: false };
      await createGroup(account, { ...group, name: 'web' });
      const byZone = Map.groupBy(
        await described(account, aws, {}),
        ({ Placement }) => Placement?.AvailabilityZone,
      );
      const ids = (zone: string) => (byZone.get(zone) ?? []).map(({ InstanceId = '' }) => InstanceId);
      const [shut = '', open = '', elsewhere = ''] = [...ids('eu-west-1a'), ...ids('eu-west-1b')];
      await protectFromTermination(account, shut);
      await expect(
        ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [open, elsewhere, shut] })),
      ).rejects.toMatchObject({ name: 'OperationNotPermitted' });
      expect(await stateOf(account, aws, shut)).toBe('running');
      expect(await stateOf(account, aws, open)).toBe('running');
      expect(await stateOf(account, aws, elsewhere)).toBe('shutting-down');
    },
    'ends those that are named before it',
  );

  fact('a backslash takes the wildcards of a filter literally', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, { app: 'w*b?' });
    await runInstances(account, 1, { app: 'web1' });
    expect(await idsBy(account, aws, [{ Name: 'tag:app', Values: ['w\\*b\\?'] }])).toEqual([id]);
  });

  fact(
    'a backslash takes another literally',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, { app: 'web\\1' });
      expect(await idsBy(account, aws, [{ Name: 'tag:app', Values: ['web\\\\1'] }])).toEqual([id]);
    },
    'takes both',
  );

  fact(
    'an instance that was started again was launched then',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      const launched = async () => (await described(account, aws, { InstanceIds: [id] }))[0]?.LaunchTime;
      const before = await launched();
      await ec2(account, aws).send(new StopInstancesCommand({ InstanceIds: [id] }));
      await aws.settle();
      expect(await launched()).toEqual(before);
      await ec2(account, aws).send(new StartInstancesCommand({ InstanceIds: [id] }));
      expect((await launched())?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);
    },
    'keeps the first time',
  );

  fact('a stopped instance stops, stays and can be started', async (account, aws) => {
    const [id = ''] = await runInstances(account, 1, {});
    const { StoppingInstances } = await ec2(account, aws).send(
      new StopInstancesCommand({ InstanceIds: [id] }),
    );
    expect(StoppingInstances).toEqual([
      {
        InstanceId: id,
        PreviousState: { Code: 16, Name: 'running' },
        CurrentState: { Code: 64, Name: 'stopping' },
      },
    ]);
    await aws.settle();
    expect(await stateOf(account, aws, id)).toBe('stopped');
    const { StartingInstances } = await ec2(account, aws).send(
      new StartInstancesCommand({ InstanceIds: [id] }),
    );
    expect(StartingInstances).toEqual([
      {
        InstanceId: id,
        PreviousState: { Code: 80, Name: 'stopped' },
        CurrentState: { Code: 0, Name: 'pending' },
      },
    ]);
    await aws.settle();
    expect(await stateOf(account, aws, id)).toBe('running');
  });

  fact(
    'a terminated instance can be neither stopped nor started',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      await ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await aws.settle();
      await expect(
        ec2(account, aws).send(new StopInstancesCommand({ InstanceIds: [id] })),
      ).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
      await expect(
        ec2(account, aws).send(new StartInstancesCommand({ InstanceIds: [id] })),
      ).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    },
    'brings the dead back to life',
  );

  fact(
    'a rebooted instance is still running, and a terminated one is left alone',
    async (account, aws) => {
      const [id = '', dead = ''] = await runInstances(account, 2, {});
      await ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [dead] }));
      await aws.settle();
      await ec2(account, aws).send(new RebootInstancesCommand({ InstanceIds: [id, dead] }));
      await aws.settle();
      expect(await stateOf(account, aws, id)).toBe('running');
      expect(await stateOf(account, aws, dead)).toBe('terminated');
    },
    'brings the dead back to life',
  );

  fact('another region and another account have instances of their own', async (account, aws) => {
    const [here = ''] = await runInstances(account, 1, { app: 'web' });
    const [there = ''] = await runInstances(account, 1, { app: 'web' }, 'us-east-1');
    const other = await aws.account();
    const [theirs = ''] = await runInstances(other, 1, { app: 'web' });
    expect(await idsBy(account, aws, [])).toEqual([here]);
    expect(await idsBy(account, aws, [], 'us-east-1')).toEqual([there]);
    expect(await idsBy(other, aws, [])).toEqual([theirs]);
    await expect(
      ec2(account, aws).send(new TerminateInstancesCommand({ InstanceIds: [theirs] })),
    ).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });
}

function ec2(account: AccountUnderTest, aws: AwsUnderTest, region?: string): EC2Client {
  return aws.clients(EC2Client, account.scope(region));
}

async function described(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: { readonly InstanceIds?: string[]; readonly Filters?: Filter[] },
  region?: string,
): Promise<readonly Instance[]> {
  const { Reservations = [] } = await ec2(account, aws, region).send(new DescribeInstancesCommand(input));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

async function idsBy(account: AccountUnderTest, aws: AwsUnderTest, Filters: Filter[], region?: string) {
  const instances = await described(account, aws, { Filters }, region);
  return instances.map(({ InstanceId }) => InstanceId).toSorted();
}

async function stateOf(account: AccountUnderTest, aws: AwsUnderTest, id: string) {
  const [instance] = await described(account, aws, { InstanceIds: [id] });
  return instance?.State?.Name;
}

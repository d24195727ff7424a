import {
  type Activity,
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribeScalingActivities,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { createGroup, type GroupUnderTest, protectFromScaleIn, suspendProcess } from './arrange-groups.ts';
import { runInstances } from './arrange-instances.ts';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const web: GroupUnderTest = {
  name: 'web',
  desired: 3,
  min: 1,
  max: 4,
  tags: { app: 'web' },
  propagateTags: true,
};

export const title = 'Auto Scaling';

export function facts(fact: Fact): void {
  fact('a group shows its size, its tags and its instances', async (account, aws) => {
    await createGroup(account, web);
    const [group, ...others] = await groups(account, aws);
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN: expect.stringMatching(
        new RegExp(
          `^arn:aws:autoscaling:eu-west-1:${account.id}:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName/web$`,
        ),
      ),
      DesiredCapacity: 3,
      MinSize: 1,
      MaxSize: 4,
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      CreatedTime: expect.any(Date),
      Tags: [
        {
          ResourceId: 'web',
          ResourceType: 'auto-scaling-group',
          Key: 'app',
          Value: 'web',
          PropagateAtLaunch: true,
        },
      ],
    });
    expect(group?.Instances?.map(({ InstanceId }) => InstanceId)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^i-[0-9a-f]{17}$/)),
    );
    for (const instance of group?.Instances ?? []) {
      expect(instance).toMatchObject({
        AvailabilityZone: expect.stringMatching(/^eu-west-1[abc]$/),
        LifecycleState: 'InService',
        HealthStatus: expect.stringMatching(/^healthy$/i),
        ProtectedFromScaleIn: false,
      });
    }
  });

  fact('groups are found by name; one that is not there is left out', async (account, aws) => {
    for (const name of ['a', 'b', 'c']) await createGroup(account, { ...web, name, desired: 1 });
    expect(await names(account, aws, { AutoScalingGroupNames: ['c', 'nobody', 'a'] })).toEqual(['a', 'c']);
  });

  fact('groups are found by the value of a tag; values are alternatives', async (account, aws) => {
    await createGroup(account, { ...web, name: 'a', desired: 1, tags: { app: 'a' } });
    await createGroup(account, { ...web, name: 'b', desired: 1, tags: { app: 'b' } });
    await createGroup(account, { ...web, name: 'c', desired: 1, tags: { app: 'c', stage: 'prod' } });
    const by = (...Filters: { Name: string; Values: string[] }[]) => names(account, aws, { Filters });
    expect(await by({ Name: 'tag:app', Values: ['a', 'c'] })).toEqual(['a', 'c']);
    expect(await by({ Name: 'tag-key', Values: ['stage'] })).toEqual(['c']);
    expect(await by({ Name: 'tag-value', Values: ['b'] })).toEqual(['b']);
    expect(
      await by({ Name: 'tag:app', Values: ['a', 'c'] }, { Name: 'tag:stage', Values: ['prod'] }),
    ).toEqual(['c']);
    expect(await by({ Name: 'tag:app', Values: ['d'] })).toEqual([]);
  });

  fact(
    'an unknown filter is refused',
    async (account, aws) => {
      await expect(
        names(account, aws, { Filters: [{ Name: 'colour', Values: ['red'] }] }),
      ).rejects.toMatchObject({ name: 'ValidationError' });
    },
    'finds nothing by it',
  );

  fact('pages hold all groups, each once', async (account, aws) => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    for (const name of all) await createGroup(account, { ...web, name, desired: 0, min: 0 });
    const pages: (string | undefined)[][] = [];
    const paginator = paginateDescribeAutoScalingGroups(
      { client: autoScaling(account, aws), pageSize: 2 },
      {},
    );
    for await (const { AutoScalingGroups = [] } of paginator) {
      pages.push(AutoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().toSorted()).toEqual(all);
  });

  fact(
    'a page holds no more than 100',
    async (account, aws) => {
      await expect(names(account, aws, { MaxRecords: 101 })).rejects.toMatchObject({
        name: 'ValidationError',
      });
    },
    'fails by itself',
  );

  fact(
    'a token that was not given out is refused',
    async (account, aws) => {
      await expect(names(account, aws, { NextToken: 'made-up' })).rejects.toMatchObject({
        name: expect.stringMatching(/^InvalidNextToken/),
      });
    },
    'fails by itself',
  );

  fact(
    'instances carry the name of their group, and its tags if they are propagated',
    async (account, aws) => {
      await createGroup(account, { ...web, name: 'with', desired: 1 });
      await createGroup(account, { ...web, name: 'without', desired: 1, propagateTags: false });
      expect(await tagsOf(account, aws, 'with')).toMatchObject({
        app: 'web',
        'aws:autoscaling:groupName': 'with',
      });
      const without = await tagsOf(account, aws, 'without');
      expect(without).toMatchObject({ 'aws:autoscaling:groupName': 'without' });
      expect(without).not.toHaveProperty('app');
    },
  );

  fact('an instance that ends is replaced by another with the same tags', async (account, aws) => {
    await createGroup(account, web);
    const before = await members(account, aws, 'web');
    const [victim = ''] = before;
    await aws
      .clients(EC2Client, account.scope())
      .send(new TerminateInstancesCommand({ InstanceIds: [victim] }));
    await aws.settle();
    const after = await members(account, aws, 'web');
    expect(after).toHaveLength(3);
    expect(after).not.toContain(victim);
    const [newcomer = ''] = after.filter((id) => !before.includes(id));
    const { Reservations = [] } = await aws
      .clients(EC2Client, account.scope())
      .send(new DescribeInstancesCommand({ InstanceIds: [newcomer] }));
    const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
    expect(instance?.State?.Name).toBe('running');
    expect(Object.fromEntries((instance?.Tags ?? []).map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      app: 'web',
      'aws:autoscaling:groupName': 'web',
    });
  });

  fact(
    'until the group notices, the ended instance is a member like any other',
    async (account, aws) => {
      await createGroup(account, web);
      const [victim = ''] = await members(account, aws, 'web');
      await aws
        .clients(EC2Client, account.scope())
        .send(new TerminateInstancesCommand({ InstanceIds: [victim] }));
      expect(await members(account, aws, 'web')).toContain(victim);
    },
    'replaces it at once',
  );

  fact('a group that is told to end an instance replaces it', async (account, aws) => {
    await createGroup(account, web);
    const [victim = ''] = await members(account, aws, 'web');
    const { Activity } = await terminate(account, aws, victim, false);
    expect(Activity).toMatchObject({ AutoScalingGroupName: 'web' });
    await aws.settle();
    const [group] = await groups(account, aws);
    expect(group?.DesiredCapacity).toBe(3);
    expect(group?.Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(victim);
    expect(group?.Instances).toHaveLength(3);
  });

  fact('a group that is told to shrink by an instance does not replace it', async (account, aws) => {
    await createGroup(account, web);
    const [victim = ''] = await members(account, aws, 'web');
    await terminate(account, aws, victim, true);
    await aws.settle();
    const [group] = await groups(account, aws);
    expect(group?.DesiredCapacity).toBe(2);
    expect(group?.Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(victim);
    expect(group?.Instances).toHaveLength(2);
  });

  fact(
    'a group does not shrink below its minimum',
    async (account, aws) => {
      await createGroup(account, { ...web, min: 3 });
      const [victim = ''] = await members(account, aws, 'web');
      await expect(terminate(account, aws, victim, true)).rejects.toMatchObject({ name: 'ValidationError' });
      await aws.settle();
      expect(await members(account, aws, 'web')).toContain(victim);
    },
    'shrinks it',
  );

  fact(
    'a group shows its suspended processes and the members that are protected from scale-in',
    async (account, aws) => {
      await createGroup(account, web);
      const [first = ''] = await members(account, aws, 'web');
      const before = await groups(account, aws);
      expect(before[0]?.SuspendedProcesses ?? []).toEqual([]);
      await suspendProcess(account, 'web', 'Launch');
      await suspendProcess(account, 'web', 'AddToLoadBalancer');
      await protectFromScaleIn(account, 'web', first);
      const [group] = await groups(account, aws);
      // In no order that is documented.
      expect(group?.SuspendedProcesses).toHaveLength(2);
      expect(group?.SuspendedProcesses).toEqual(
        expect.arrayContaining([
          { ProcessName: 'Launch', SuspensionReason: expect.any(String) },
          { ProcessName: 'AddToLoadBalancer', SuspensionReason: expect.any(String) },
        ]),
      );
      expect(
        group?.Instances?.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn).map(
          ({ InstanceId }) => InstanceId,
        ),
      ).toEqual([first]);
    },
  );

  fact(
    'without Launch what ends is not replaced',
    async (account, aws) => {
      await createGroup(account, web);
      await suspendProcess(account, 'web', 'Launch');
      const [victim = ''] = await members(account, aws, 'web');
      await aws
        .clients(EC2Client, account.scope())
        .send(new TerminateInstancesCommand({ InstanceIds: [victim] }));
      await aws.settle();
      expect(await members(account, aws, 'web')).toHaveLength(2);
    },
    'replaces it all the same',
  );

  fact('a group that has done nothing has no activities to tell of', async (account, aws) => {
    await createGroup(account, { ...web, desired: 0, min: 0 });
    expect(await activities(account, aws, 'web')).toEqual([]);
  });

  fact(
    'a group tells what it has done, the newest first',
    async (account, aws) => {
      await createGroup(account, web);
      const before = await members(account, aws, 'web');
      const [victim = ''] = before;
      await terminate(account, aws, victim, false);
      const ending = {
        ActivityId: expect.any(String),
        AutoScalingGroupName: 'web',
        Description: `Terminating EC2 instance: ${victim}`,
        Cause: expect.stringContaining(victim),
        StartTime: expect.any(Date),
      };
      expect(await activities(account, aws, 'web')).toMatchObject([{ ...ending, StatusCode: 'InProgress' }]);
      await aws.settle();
      const [newcomer] = (await members(account, aws, 'web')).filter((id) => !before.includes(id));
      const [launch, end, ...others] = await activities(account, aws, 'web');
      expect(others).toEqual([]);
      expect(end).toMatchObject({ ...ending, StatusCode: 'Successful', EndTime: expect.any(Date) });
      expect(launch).toMatchObject({
        Description: `Launching a new EC2 instance: ${newcomer}`,
        StatusCode: 'Successful',
        StartTime: expect.any(Date),
        EndTime: expect.any(Date),
      });
      expect(Number(launch?.EndTime)).toBeGreaterThan(Number(launch?.StartTime));
    },
    'tells of none',
  );

  fact(
    'activities come in pages of 100 at most',
    async (account, aws) => {
      await createGroup(account, { ...web, desired: 60, max: 120 });
      for (const id of await members(account, aws, 'web')) await terminate(account, aws, id, false);
      await aws.settle();
      const pages: number[] = [];
      const paginator = paginateDescribeScalingActivities(
        { client: autoScaling(account, aws) },
        { AutoScalingGroupName: 'web' },
      );
      for await (const { Activities = [] } of paginator) pages.push(Activities.length);
      expect(pages).toEqual([100, 20]);
      await expect(activities(account, aws, 'web', 101)).rejects.toMatchObject({ name: 'ValidationError' });
    },
    'tells of none',
  );

  fact(
    'a group that is not there has neither activities nor instance refreshes',
    async (account, aws) => {
      await expect(activities(account, aws, 'web')).rejects.toMatchObject({ name: 'ValidationError' });
      await expect(refreshes(account, aws, 'web')).rejects.toMatchObject({ name: 'ValidationError' });
    },
    'has no instance refreshes, and tells of no activities whatever it is asked',
  );

  fact(
    'a group whose instances nobody refreshes has no instance refreshes',
    async (account, aws) => {
      await createGroup(account, web);
      expect(await refreshes(account, aws, 'web')).toEqual([]);
    },
    'has no instance refreshes',
  );

  fact(
    'only a member can be ended through its group',
    async (account, aws) => {
      const [id = ''] = await runInstances(account, 1, {});
      await expect(terminate(account, aws, id, false)).rejects.toMatchObject({ name: 'ValidationError' });
    },
    'fails by itself',
  );
}

function autoScaling(account: AccountUnderTest, aws: AwsUnderTest): AutoScalingClient {
  return aws.clients(AutoScalingClient, account.scope());
}

async function groups(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: DescribeAutoScalingGroupsCommandInput = {},
): Promise<readonly AutoScalingGroup[]> {
  const { AutoScalingGroups = [] } = await autoScaling(account, aws).send(
    new DescribeAutoScalingGroupsCommand(input),
  );
  return AutoScalingGroups;
}

async function names(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: DescribeAutoScalingGroupsCommandInput,
) {
  const found = await groups(account, aws, input);
  return found.map(({ AutoScalingGroupName }) => AutoScalingGroupName).toSorted();
}

async function activities(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  AutoScalingGroupName: string,
  MaxRecords?: number,
): Promise<readonly Activity[]> {
  const { Activities = [] } = await autoScaling(account, aws).send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName, MaxRecords }),
  );
  return Activities;
}

async function refreshes(account: AccountUnderTest, aws: AwsUnderTest, AutoScalingGroupName: string) {
  const { InstanceRefreshes = [] } = await autoScaling(account, aws).send(
    new DescribeInstanceRefreshesCommand({ AutoScalingGroupName }),
  );
  return InstanceRefreshes;
}

async function members(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  name: string,
): Promise<readonly string[]> {
  const [group] = await groups(account, aws, { AutoScalingGroupNames: [name] });
  return (group?.Instances ?? []).map(({ InstanceId = '' }) => InstanceId);
}

async function tagsOf(account: AccountUnderTest, aws: AwsUnderTest, name: string) {
  const { Reservations = [] } = await aws
    .clients(EC2Client, account.scope())
    .send(new DescribeInstancesCommand({ InstanceIds: [...(await members(account, aws, name))] }));
  const tags = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap(({ Tags = [] }) => Tags);
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

function terminate(account: AccountUnderTest, aws: AwsUnderTest, InstanceId: string, decrement: boolean) {
  return autoScaling(account, aws).send(
    new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId,
      ShouldDecrementDesiredCapacity: decrement,
    }),
  );
}

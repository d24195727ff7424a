import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { aSandbox, startsAt } from '../a-sandbox.ts';

/** moto has no instance refreshes: the shape and the order are those of the API reference, InstanceRefresh. */
describe('DescribeInstanceRefreshes', () => {
  test('lists the newest first, with an end only if there is one', async () => {
    const { clients, clock, home, assume } = aSandbox({ jumps: false });
    const group = home.autoScalingGroup({ name: 'web', desired: 1 });
    group.beginInstanceRefresh('Pending');
    await clock.advance(1_000);
    group.endInstanceRefresh('Cancelled');
    await clock.advance(1_000);
    group.beginInstanceRefresh();
    const { InstanceRefreshes, NextToken } = await clients(AutoScalingClient, await assume()).send(
      new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: 'web' }),
    );
    expect(InstanceRefreshes).toEqual([
      {
        InstanceRefreshId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        AutoScalingGroupName: 'web',
        Status: 'InProgress',
        StartTime: new Date(startsAt + 2_000),
      },
      {
        InstanceRefreshId: expect.any(String),
        AutoScalingGroupName: 'web',
        Status: 'Cancelled',
        StartTime: new Date(startsAt),
        EndTime: new Date(startsAt + 1_000),
      },
    ]);
    expect(NextToken).toBeUndefined();
  });

  test('is paged', async () => {
    const { clients, home, assume } = aSandbox();
    const group = home.autoScalingGroup({ name: 'web', desired: 1 });
    for (let round = 0; round < 3; round += 1) {
      group.beginInstanceRefresh();
      group.endInstanceRefresh();
    }
    const client = clients(AutoScalingClient, await assume());
    const page = (NextToken?: string) =>
      client.send(
        new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: 'web', MaxRecords: 2, NextToken }),
      );
    const first = await page();
    const second = await page(first.NextToken);
    expect([first, second].map(({ InstanceRefreshes }) => InstanceRefreshes?.length)).toEqual([2, 1]);
    expect(second.NextToken).toBeUndefined();
    await expect(page('made-up')).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });
});

describe('a group that was deleted', () => {
  test('is unknown to every call, and its instances are terminated', async () => {
    const { clients, home, assume } = aSandbox();
    home.autoScalingGroup({ name: 'api', desired: 1 });
    home.autoScalingGroup({ name: 'web', desired: 2 }).delete();
    const client = clients(AutoScalingClient, await assume());
    const { AutoScalingGroups = [] } = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['api', 'web'] }),
    );
    expect(AutoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName)).toEqual(['api']);
    const ofWeb = { AutoScalingGroupName: 'web' };
    await expect(client.send(new DescribeInstanceRefreshesCommand(ofWeb))).rejects.toThrow('web not found');
    await expect(client.send(new DescribeScalingActivitiesCommand(ofWeb))).rejects.toThrow('web not found');
    expect(home.instances().map(({ state }) => state)).toEqual(['running', 'shutting-down', 'shutting-down']);
  });
});

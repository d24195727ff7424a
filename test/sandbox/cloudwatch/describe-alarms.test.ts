import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { aSandbox, master, region, target } from '../a-sandbox.ts';

describe('DescribeAlarms', () => {
  test('returns the last state of an alarm', async () => {
    const { clients, home, assume } = aSandbox();
    home.alarm('errors', 'OK');
    home.alarm('latency', 'OK');
    home.alarm('errors', 'ALARM');
    const { MetricAlarms = [] } = await clients(CloudWatchClient, await assume()).send(
      new DescribeAlarmsCommand(),
    );
    expect(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
      ['errors', 'ALARM'],
      ['latency', 'OK'],
    ]);
  });

  test('returns half a page by default, so that paging is exercised', async () => {
    const { clients, home, assume } = aSandbox();
    for (let index = 0; index < 51; index += 1) home.alarm(`alarm-${index}`, 'OK');
    const client = clients(CloudWatchClient, await assume());
    const first = await client.send(new DescribeAlarmsCommand());
    expect(first.MetricAlarms).toHaveLength(50);
    const { MetricAlarms, NextToken } = await client.send(
      new DescribeAlarmsCommand({ NextToken: first.NextToken }),
    );
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'alarm-50' }]);
    expect(NextToken).toBeUndefined();
  });

  test('requires permission for all alarms, however few are named', async () => {
    const asked: string[] = [];
    const { clients } = aSandbox({
      authorize: ({ action, resource }) => {
        asked.push(`${action} ${resource}`);
        return true;
      },
    });
    await clients(CloudWatchClient, { region }).send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));
    expect(asked).toEqual([`cloudwatch:DescribeAlarms arn:aws:cloudwatch:${region}:${master}:alarm:*`]);
  });

  test.each([
    ['*', 'answered'],
    [`arn:aws:cloudwatch:${region}:${target}:alarm:*`, 'AccessDeniedException'],
  ])('with a permission on %s: %s', async (Resource, outcome) => {
    const { clients } = aSandbox({
      authorize: iamAuthorizer(),
      caller: {
        account: master,
        roleName: 'chaos-monkey',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource }],
        },
      },
    });
    const seen = await clients(CloudWatchClient, { region })
      .send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }))
      .then(
        () => 'answered',
        (error: Error) => error.name,
      );
    expect(seen).toBe(outcome);
  });

  test('refuses filters', async () => {
    const { clients } = aSandbox();
    await expect(
      clients(CloudWatchClient, { region }).send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'err' })),
    ).rejects.toThrow('the sandbox does not implement DescribeAlarms.AlarmNamePrefix');
  });
});

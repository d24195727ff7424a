import {
  type AlarmType,
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const bothKinds: DescribeAlarmsCommandInput['AlarmTypes'] = ['MetricAlarm', 'CompositeAlarm'];

export const title = 'CloudWatch';

export function facts(fact: Fact): void {
  fact(
    'alarms are described by name with their states, and one that does not exist is left out',
    async (account, aws) => {
      await putAlarm(account, 'errors', 'ALARM');
      await putAlarm(account, 'latency', 'INSUFFICIENT_DATA');
      await putAlarm(account, 'not asked for', 'ALARM');
      const { MetricAlarms, CompositeAlarms, NextToken } = await describeAlarms(account, aws, {
        AlarmNames: ['latency', 'gone', 'errors'],
        AlarmTypes: bothKinds,
      });
      expect(MetricAlarms).toHaveLength(2);
      expect(MetricAlarms).toMatchObject([
        {
          AlarmName: 'errors',
          StateValue: 'ALARM',
          AlarmArn: `arn:aws:cloudwatch:eu-west-1:${account.id}:alarm:errors`,
        },
        { AlarmName: 'latency', StateValue: 'INSUFFICIENT_DATA' },
      ]);
      expect(CompositeAlarms).toEqual([]);
      expect(NextToken).toBeUndefined();
    },
  );

  fact('without a name all alarms are described', async (account, aws) => {
    await putAlarm(account, 'errors', 'ALARM');
    await putAlarm(account, 'latency', 'OK');
    const { MetricAlarms = [] } = await describeAlarms(account, aws, { AlarmNames: [] });
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toEqual(['errors', 'latency']);
  });

  fact('an alarm is in one region', async (account, aws) => {
    await putAlarm(account, 'errors', 'ALARM');
    const { MetricAlarms } = await describeAlarms(account, aws, { AlarmNames: ['errors'] }, 'us-east-1');
    expect(MetricAlarms).toEqual([]);
  });

  fact(
    'composite alarms are described only where they are asked for',
    async (account, aws) => {
      await putAlarm(account, 'errors', 'OK');
      await putAlarm(account, 'business', 'OK', 'CompositeAlarm');
      const namesOf = async (AlarmTypes: DescribeAlarmsCommandInput['AlarmTypes']) => {
        const answer = await describeAlarms(account, aws, { AlarmNames: ['errors', 'business'], AlarmTypes });
        return [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].map(
          ({ AlarmName }) => AlarmName,
        );
      };
      expect(await namesOf(undefined)).toEqual(['errors']);
      expect(await namesOf(['CompositeAlarm'])).toEqual(['business']);
      expect(await namesOf(bothKinds)).toEqual(['errors', 'business']);
    },
    'has no composite alarms',
  );

  fact(
    'a page holds alarms of both kinds, as many as asked for together',
    async (account, aws) => {
      for (const name of ['a', 'b', 'c']) {
        await putAlarm(account, `metric-${name}`, 'OK');
        await putAlarm(account, `composite-${name}`, 'OK', 'CompositeAlarm');
      }
      const sizes: number[] = [];
      const seen = new Set<string | undefined>();
      let token: string | undefined;
      do {
        const page = await describeAlarms(account, aws, {
          AlarmTypes: bothKinds,
          MaxRecords: 4,
          NextToken: token,
        });
        const alarms = [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])];
        sizes.push(alarms.length);
        for (const { AlarmName } of alarms) seen.add(AlarmName);
        token = page.NextToken;
      } while (token !== undefined);
      expect(sizes).toEqual([4, 2]);
      expect(seen.size).toBe(6);
    },
    'has no composite alarms, and no pages',
  );

  fact(
    'a call names 100 alarms at most, and an answer holds 100 at most',
    async (account, aws) => {
      const names = (count: number) => Array.from({ length: count }, (_, index) => `alarm-${index}`);
      await describeAlarms(account, aws, { AlarmNames: names(100), MaxRecords: 100 });
      for (const input of [{ AlarmNames: names(101) }, { MaxRecords: 101 }, { MaxRecords: 0 }]) {
        await expect(describeAlarms(account, aws, input)).rejects.toMatchObject({ name: 'ValidationError' });
      }
    },
    'takes any number',
  );

  fact(
    'a page’s token is one that was answered',
    async (account, aws) => {
      await expect(describeAlarms(account, aws, { NextToken: 'made up' })).rejects.toMatchObject({
        name: 'InvalidNextToken',
      });
    },
    'does not look at tokens',
  );
}

function describeAlarms(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: DescribeAlarmsCommandInput,
  region?: string,
) {
  return aws.clients(CloudWatchClient, account.scope(region)).send(new DescribeAlarmsCommand(input));
}

/** Creates an alarm in this state. moto has no composite alarms. */
function putAlarm(
  account: AccountUnderTest,
  AlarmName: string,
  StateValue: StateValue,
  type: AlarmType = 'MetricAlarm',
): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => region.alarm(AlarmName, StateValue, type),
    moto: async (client) => {
      await client(CloudWatchClient).send(
        new PutMetricAlarmCommand({
          AlarmName,
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          Statistic: 'Average',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanThreshold',
        }),
      );
      await client(CloudWatchClient).send(
        new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }),
      );
    },
  });
}

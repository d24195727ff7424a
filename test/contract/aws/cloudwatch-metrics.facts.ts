import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

const hour = Date.parse('2026-11-23T08:00:00Z');
const minuteMs = 60_000;

export const title = 'CloudWatch metrics';

export function facts(fact: Fact): void {
  fact('a metric is summed up in periods, and one without data has no value', async (account, aws) => {
    await put(account, 'web', [
      [0, 3],
      [0.5, 4],
      [7, 5],
      [60, 100],
    ]);
    await put(account, 'other', [[0, 1000]]);
    const [web, nobody] = await read(account, aws, { EndTime: new Date(hour + 10 * minuteMs) });
    expect(web).toMatchObject({ Id: 'web', Values: [7, 5], StatusCode: 'Complete' });
    expect(web?.Timestamps).toEqual([new Date(hour), new Date(hour + 5 * minuteMs)]);
    expect(nobody).toMatchObject({ Id: 'nobody', Values: [], Timestamps: [] });
  });

  fact(
    'the time of a question goes forward',
    async (account, aws) => {
      await expect(read(account, aws, { EndTime: new Date(hour) })).rejects.toMatchObject({
        name: 'ValidationError',
      });
    },
    'does not look',
  );
}

async function read(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: Pick<GetMetricDataCommandInput, 'EndTime'>,
) {
  const { MetricDataResults = [] } = await aws.clients(CloudWatchClient, account.scope()).send(
    new GetMetricDataCommand({
      StartTime: new Date(hour),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: ['web', 'nobody'].map((name) => ({
        Id: name,
        MetricStat: {
          Metric: {
            Namespace: 'Shop',
            MetricName: 'Invocations',
            Dimensions: [{ Name: 'FunctionName', Value: name }],
          },
          Period: 300,
          Stat: 'Sum',
        },
      })),
      ...input,
    }),
  );
  return MetricDataResults;
}

/** By minute. */
function put(account: AccountUnderTest, name: string, values: readonly (readonly [number, number])[]) {
  const points = values.map(([minute, value]) => ({ at: hour + minute * minuteMs, value }));
  return account.arrange({
    sandbox: ({ region }) => {
      const metric = { namespace: 'Shop', name: 'Invocations', dimensions: { FunctionName: name } };
      region.metrics.put(...points.map((point) => ({ ...metric, ...point })));
    },
    moto: async (client) => {
      await client(CloudWatchClient).send(
        new PutMetricDataCommand({
          Namespace: 'Shop',
          MetricData: points.map(({ at, value }) => ({
            MetricName: 'Invocations',
            Dimensions: [{ Name: 'FunctionName', Value: name }],
            Timestamp: new Date(at),
            Value: value,
          })),
        }),
      );
    },
  });
}

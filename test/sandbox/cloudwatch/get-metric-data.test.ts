import { CloudWatchClient, GetMetricDataCommand, type MetricStat } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { aSandbox, startsAt } from '../a-sandbox.ts';

const metric = { namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: 'web' } };

async function setUp() {
  const { clock, clients, home, assume } = aSandbox({ jumps: false });
  const client = clients(CloudWatchClient, await assume());
  const read = async (stat: Partial<MetricStat> = {}, Id = 'a') => {
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(startsAt - 3_600_000),
        EndTime: new Date(startsAt + 3_600_000),
        MetricDataQueries: [
          {
            Id,
            MetricStat: {
              Metric: {
                Namespace: metric.namespace,
                MetricName: metric.name,
                Dimensions: [{ Name: 'FunctionName', Value: 'web' }],
              },
              Period: 60,
              Stat: 'Sum',
              ...stat,
            },
          },
        ],
      }),
    );
    return MetricDataResults?.[0]?.Values;
  };
  return { clock, home, client, read };
}

// moto shows data at once and checks little: these are held to the API reference, GetMetricData.
describe('GetMetricData', () => {
  test('shows a minute some time after it has passed', async () => {
    const { clock, home, read } = await setUp();
    home.metrics.put({ ...metric, at: startsAt + 10_000, value: 3 });
    await clock.advance(119_999);
    expect(await read()).toEqual([]);
    await clock.advance(1);
    expect(await read()).toEqual([3]);
  });

  test('knows some statistics, the latest first', async () => {
    const { home, read } = await setUp();
    for (const [minute, value] of [
      [10, 1],
      [10, 3],
      [20, 8],
    ] as const) {
      home.metrics.put({ ...metric, at: startsAt - minute * 60_000, value });
    }
    expect(await read()).toEqual([4, 8]);
    expect(await read({ Stat: 'Average' })).toEqual([2, 8]);
    expect(await read({ Stat: 'SampleCount' })).toEqual([2, 1]);
    expect(await read({ Stat: 'Minimum' })).toEqual([1, 8]);
    expect(await read({ Stat: 'Maximum', Period: 3600 })).toEqual([8]);
    await expect(read({ Stat: 'p99' })).rejects.toThrow('the sandbox does not implement');
  });

  test('takes a metric with all of its dimensions only', async () => {
    const { home, read } = await setUp();
    const dimensions = { FunctionName: 'web', Resource: 'web:live' };
    home.metrics.put({ ...metric, dimensions, at: startsAt - 600_000, value: 3 });
    expect(await read()).toEqual([]);
  });

  test('refuses other periods and ids, and does not implement expressions', async () => {
    const { client, read } = await setUp();
    const invalid = { name: 'ValidationError' };
    await expect(read({ Period: 90 })).rejects.toMatchObject(invalid);
    await expect(read({}, 'Upper')).rejects.toMatchObject(invalid);
    const send = (MetricDataQueries: { Id: string; Expression?: string }[]) =>
      client.send(
        new GetMetricDataCommand({ StartTime: new Date(0), EndTime: new Date(1), MetricDataQueries }),
      );
    await expect(send([{ Id: 'a' }, { Id: 'a' }])).rejects.toMatchObject(invalid);
    await expect(send(Array.from({ length: 501 }, (_, n) => ({ Id: `a${n}` })))).rejects.toMatchObject(
      invalid,
    );
    await expect(send([{ Id: 'a', Expression: 'm1 + m2' }])).rejects.toThrow('Expression');
  });
});

import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { parse } from '#core/util/parse.ts';
import { slo } from '#probes/slo.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { probeMeans } from '../support/a-probe.ts';
import { recordingTransport } from '../support/recording-transport.ts';
import { never } from './probe-on-sandbox.ts';

const monday = Date.parse('2026-11-23T09:00:00Z');
const arn = 'arn:aws:application-signals:eu-west-1:222222222222:slo/orders';

const query = (MetricName: string) => ({
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 300, Stat: 'Sum' },
});

/** An objective that counts its `bad` requests, or its `good` ones, in a minute with these numbers. */
function objective({
  total = 200,
  monitored = 3,
  counts = 'Bad',
  goal = 99,
  statusCode = 'Complete',
  sli = {
    RequestBasedSliMetric: {
      TotalRequestCountMetric: [query('Requests')],
      MonitoredRequestCountMetric: { [`${counts}CountMetric`]: [query('Monitored')] },
    },
  },
}: {
  /** Null: there is no data. */
  readonly total?: number | null;
  readonly monitored?: number | null;
  readonly counts?: 'Bad' | 'Good';
  readonly goal?: number;
  readonly statusCode?: string;
  readonly sli?: object;
}) {
  const values: Record<string, number | null> = { Requests: total, Monitored: monitored };
  const { transport, calls } = recordingTransport(({ command, input }) => {
    if (command === 'GetServiceLevelObjectiveCommand') {
      return { Slo: { Name: 'orders', Goal: { AttainmentGoal: goal }, RequestBasedSli: sli } };
    }
    const { MetricDataQueries } = input as { MetricDataQueries: ReturnType<typeof query>[] };
    return {
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => {
        const value = values[MetricStat.Metric.MetricName] ?? null;
        return { Id, Label: Id, StatusCode: statusCode, Values: value === null ? [] : [value] };
      }),
    };
  });
  const clock = new VirtualClock({ startsAt: monday, jumps: true });
  const clients = makeClients({ clock, concurrency: 4, transport });
  const means = probeMeans(clock, {
    clients:
      async ({ region }) =>
      (service) =>
        clients(service, { region }),
  });
  return { calls, open: () => slo.open({ arn }, means) };
}

async function measured(numbers: Parameters<typeof objective>[0], due = monday) {
  const prober = await objective(numbers).open();
  return prober.measure(due, never);
}

describe('an slo probe', () => {
  test('gives the share of bad requests of a minute, bad where it is above what the objective allows', async () => {
    expect(await measured({ total: 200, monitored: 2 })).toEqual({ is: 'good', value: 0.01 });
    // 100 - 99.9 is less than 0.1 to a computer.
    expect(await measured({ total: 1_000, monitored: 1, goal: 99.9 })).toMatchObject({ is: 'good' });
    expect(await measured({ total: 2_000, monitored: 30 })).toEqual({
      is: 'bad',
      value: 0.015,
      detail: '30 of 2,000 requests bad',
    });
  });

  test('counts what is not good as bad where the objective counts the good ones', async () => {
    const numbers = { total: 200, monitored: 190, counts: 'Good' } as const;
    expect(await measured(numbers)).toMatchObject({ is: 'bad', value: 0.05 });
    // CloudWatch has no zeros: nothing good came.
    expect(await measured({ ...numbers, monitored: null })).toMatchObject({ value: 1 });
    // Metrics that are counted apart differ by a few.
    expect(await measured({ ...numbers, monitored: 201 })).toMatchObject({ is: 'good', value: 0 });
  });

  test('a minute without requests is unmeasured', async () => {
    for (const total of [null, 0]) {
      expect(await measured({ total, monitored: null })).toMatchObject({ is: 'unmeasured' });
    }
  });

  test('asks for the whole minute in which a sample is due, in minutes', async () => {
    const { calls, open } = objective({});
    await (await open()).measure(monday + 61_234, never);
    const queries = calls.filter(({ action }) => action === 'cloudwatch:GetMetricData');
    expect(calls.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-west-1', 'eu-west-1']);
    expect(queries.map(({ input }) => input)).toEqual(
      ['Requests', 'Monitored'].map((name) => ({
        MetricDataQueries: [{ Id: 'm1', MetricStat: { ...query(name).MetricStat, Period: 60 } }],
        StartTime: new Date(monday + 60_000),
        EndTime: new Date(monday + 120_000),
      })),
    );
  });

  test('an answer that is not whole is none', async () => {
    await expect(measured({ statusCode: 'PartialData' })).rejects.toThrow('CloudWatch answered PartialData');
  });

  test('a period-based objective is refused, with the reason', async () => {
    await expect(objective({ sli: {} }).open()).rejects.toThrow(/^the objective is period-based: /);
  });

  test('says which objective, and takes no ARN of anything else', () => {
    expect(slo.what({ arn })).toBe('bad requests of the objective orders');
    expect(() => parse(slo.parameters, { arn: 'orders' }, 'x')).toThrow('expected an ARN');
  });
});

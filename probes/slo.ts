import {
  ApplicationSignalsClient,
  GetServiceLevelObjectiveCommand,
  type MetricDataQuery,
  type ServiceLevelObjective,
} from '@aws-sdk/client-application-signals';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import type { Probe } from '#core/ports/probe.ts';
import { counted, grouped } from '#core/util/format.ts';
import { arnOf, arnParts } from './shared/arn.ts';
import { untilOver } from './shared/until-over.ts';

const minuteMs = 60_000;

const Parameters = z.strictObject({
  arn: arnOf(
    'application-signals',
    /slo\/[\w.-]+/,
    'arn:aws:application-signals:eu-west-1:111122223333:slo/orders',
  ).describe('The objective, request-based, in a target account.'),
});
type Parameters = z.infer<typeof Parameters>;

export const slo: Probe<Parameters> = {
  type: 'slo',
  summary:
    'A request-based service level objective of Application Signals: the share of bad requests of each minute.',
  measures: 'shares',
  parameters: Parameters,
  leastEveryMs: minuteMs,
  // Its minute, and the two that metrics are late.
  settlesMs: 3 * minuteMs,
  permissions: [
    {
      action: 'application-signals:GetServiceLevelObjective',
      by: 'target',
      on: ({ partition, account }) => `arn:${partition}:application-signals:*:${account}:slo/*`,
    },
    { action: 'cloudwatch:GetMetricData', by: 'target' },
  ],
  what: ({ arn }) => `bad requests of the objective ${nameOf(arn)}`,
  open: async ({ arn }, means) => {
    const place = arnParts(arn);
    const signals = (await means.clients(place))(ApplicationSignalsClient);
    const { Slo } = await signals.send(new GetServiceLevelObjectiveCommand({ Id: arn }));
    const { total, monitored, isBad, allowed } = requestBased(Slo);
    return {
      measure: async (due, over) => {
        const client = (await means.clients(place))(CloudWatchClient);
        const minute = Math.floor(due / minuteMs) * minuteMs;
        const count = (queries: readonly MetricDataQuery[]) => countIn(minute, queries, client, over);
        const [requests, ofMonitored] = await Promise.all([count(total), count(monitored)]);
        if (requests === 0) return { is: 'unmeasured', detail: 'no requests in this minute' };
        const bad = Math.min(requests, Math.max(0, isBad ? ofMonitored : requests - ofMonitored));
        const value = bad / requests;
        if (value <= allowed) return { is: 'good', value };
        return { is: 'bad', value, detail: `${grouped(bad)} of ${counted(requests, 'request')} bad` };
      },
      close: async () => {},
    };
  },
};

interface RequestBased {
  readonly total: readonly MetricDataQuery[];
  /** Of bad requests, or of good ones. */
  readonly monitored: readonly MetricDataQuery[];
  readonly isBad: boolean;
  /** The share of bad requests that the objective allows. */
  readonly allowed: number;
}

/** Throws `PeriodBased`. */
function requestBased(objective: ServiceLevelObjective | undefined): RequestBased {
  const sli = objective?.RequestBasedSli?.RequestBasedSliMetric;
  if (sli === undefined) throw new PeriodBased();
  const monitored = sli.MonitoredRequestCountMetric;
  return {
    total: sli.TotalRequestCountMetric ?? [],
    monitored: monitored?.BadCountMetric ?? monitored?.GoodCountMetric ?? [],
    isBad: monitored?.BadCountMetric !== undefined,
    // Goals have few digits, and binary fractions many.
    allowed: Number((1 - (objective?.Goal?.AttainmentGoal ?? 100) / 100).toFixed(9)),
  };
}

/** The objective judges periods and not requests. */
export class PeriodBased extends Error {
  override readonly name = 'PeriodBased';

  constructor() {
    super(
      'the objective is period-based: one sample a minute, good or bad, would prove nothing in minutes; use a request-based one',
    );
  }
}

/** The sum of one minute; a metric without data counts nothing. */
async function countIn(
  minute: number,
  queries: readonly MetricDataQuery[],
  client: CloudWatchClient,
  over: AbortSignal,
): Promise<number> {
  const command = new GetMetricDataCommand({
    MetricDataQueries: queries.map(everyMinute),
    StartTime: new Date(minute),
    EndTime: new Date(minute + minuteMs),
  });
  const { MetricDataResults = [] } = await client.send(command, untilOver(over));
  const unread = MetricDataResults.find(({ StatusCode }) => StatusCode !== 'Complete');
  if (unread !== undefined) throw new Error(`CloudWatch answered ${unread.StatusCode} for ${unread.Label}`);
  return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
}

function everyMinute(query: MetricDataQuery) {
  const { Id, MetricStat } = query;
  return { ...query, Id, ...(MetricStat && { MetricStat: { ...MetricStat, Period: 60 } }) };
}

function nameOf(arn: string): string {
  return arnParts(arn).resource.slice('slo/'.length);
}

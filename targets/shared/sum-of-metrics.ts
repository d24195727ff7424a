import { CloudWatchClient, type Dimension, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Injector } from '#core/model/injector.ts';

/** Metrics of one resource. */
export interface MetricsOf {
  readonly namespace: string;
  readonly names: readonly string[];
  /** Each metric is summed over all of these. */
  readonly dimensions: readonly (readonly Dimension[])[];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** Longer ones would begin before what is asked for. */
const periodSeconds = 60;

/** All values of these metrics in these minutes, added up. What was never reported counts nothing. */
export async function sumOfMetrics(
  client: Injector['client'],
  { namespace, names, dimensions, from, to }: MetricsOf,
): Promise<number> {
  const metrics = names.flatMap((MetricName) =>
    dimensions.map((of) => ({ Namespace: namespace, MetricName, Dimensions: [...of] })),
  );
  const command = new GetMetricDataCommand({
    StartTime: new Date(from - (from % (periodSeconds * 1_000))),
    EndTime: new Date(to),
    MetricDataQueries: metrics.map((Metric, index) => ({
      Id: `m${index}`,
      MetricStat: { Metric, Period: periodSeconds, Stat: 'Sum' },
    })),
  });
  const { MetricDataResults = [] } = await client(CloudWatchClient).send(command);
  return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
}

const hourMs = 60 * 60_000;

/** The same over the last hour. */
export function sumOfLastHour(
  client: Injector['client'],
  now: number,
  metrics: Omit<MetricsOf, 'from' | 'to'>,
): Promise<number> {
  return sumOfMetrics(client, { ...metrics, from: now - hourMs, to: now });
}

import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { ReadClients } from '../read-clients.ts';

const hourMs = 60 * 60_000;

/** The sum of a metric of AWS over the last hour. */
export async function sumOfHour(
  {
    namespace,
    metric,
    dimension,
  }: { namespace: string; metric: string; dimension: readonly [string, string] },
  look: ReadClients,
  now: number,
): Promise<number> {
  const [Name, Value] = dimension;
  const command = new GetMetricDataCommand({
    StartTime: new Date(now - hourMs),
    EndTime: new Date(now),
    MetricDataQueries: [
      {
        Id: 'sum',
        MetricStat: {
          Metric: { Namespace: namespace, MetricName: metric, Dimensions: [{ Name, Value }] },
          Period: hourMs / 1_000,
          Stat: 'Sum',
        },
      },
    ],
  });
  const { MetricDataResults = [] } = await look(CloudWatchClient).send(command);
  return (MetricDataResults[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
}

import type { MetricSeed } from '#sandbox/cloudwatch/metrics.ts';
import type { Region } from '#sandbox/state/region.ts';

/** A data point of ten minutes ago. */
export function putRecent(region: Region, metric: Omit<MetricSeed, 'at' | 'value'>, value = 3): void {
  region.metrics.put({ ...metric, at: region.place.context.clock.now() - 10 * 60_000, value });
}

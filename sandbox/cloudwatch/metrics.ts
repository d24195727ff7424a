import type { Timings } from '../state/sandbox-context.ts';

/** A data point as a scenario gives it: what a service would have reported. */
export interface MetricSeed {
  /** `AWS/Lambda` */
  readonly namespace: string;
  /** `Invocations` */
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly at: number;
  readonly value: number;
}

type Metric = Pick<MetricSeed, 'namespace' | 'name' | 'dimensions'>;

/** What is measured in an account and region. */
export class Metrics {
  readonly #delayMs: number;
  readonly #points: MetricSeed[] = [];

  constructor({ metricDelayMs }: Timings) {
    this.#delayMs = metricDelayMs;
  }

  put(...points: readonly MetricSeed[]): void {
    this.#points.push(...points);
  }

  /** The values that can be read by now: those of whole minutes, some time after they have passed. Dimensions must be all of a metric's. */
  readable({ namespace, name, dimensions }: Metric, now: number): readonly MetricSeed[] {
    const entries = Object.entries(dimensions);
    return this.#points.filter(
      (point) =>
        point.namespace === namespace &&
        point.name === name &&
        Object.keys(point.dimensions).length === entries.length &&
        entries.every(([key, value]) => point.dimensions[key] === value) &&
        now >= Math.floor(point.at / 60_000) * 60_000 + 60_000 + this.#delayMs,
    );
  }
}

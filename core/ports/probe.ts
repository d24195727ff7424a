import type * as z from 'zod';
import type { ProbeSpec } from '../model/experiment.ts';
import type { Sample } from '../model/sample.ts';

/** A way to measure a steady state: one file in probes/ and its test, and nothing else to touch. */
export interface Probe<Parameters = unknown, Means = unknown> {
  /** Kebab-case, the name of its file. */
  readonly type: string;
  /** One sentence, for the docs. */
  readonly summary: string;
  /**
   * `events`: each sample stands for itself, and a share of them may be bad. `state`: what is so until the next sample, and may be bad
   * for a time.
   */
  readonly measures: 'events' | 'state';
  /** Of a sample's value, for tables and axes: `ms`. Absent where samples are only good or bad. */
  readonly unit?: string;
  /** Strict; each key has a description. In a file they stand beside the keys that all probes have. */
  readonly parameters: z.ZodObject & z.ZodType<Parameters>;
  /** Measuring more often than this tells nothing more. */
  readonly leastEveryMs: number;
  /** Where it may not look, with these parameters and this configuration, in a few words; undefined if it may. */
  refused?(parameters: Parameters, allowed: AllowedByConfig): string | undefined;
  /** Prepares to measure, and measures nothing yet: reads secrets, makes connections ready. */
  open(parameters: Parameters, means: Means): Promise<Prober>;
}

export interface AllowedByConfig {
  /** Hosts that http probes may ask: `shop.example.com`, `*.example.com`. */
  readonly hosts: readonly string[];
}

/** Measures one thing, again and again, many samples at a time. */
export interface Prober {
  /**
   * Takes a sample; `until`: epoch ms by which it must have an answer. Rejects only where nobody can tell what a user would have seen,
   * as where IAM denies the question: that sample is unmeasured.
   */
  measure(until: number): Promise<Measurement>;
  close(): Promise<void>;
}

/** A sample without its moment. */
export type Measurement = Omit<Sample, 'due'>;

/** Measures the samples of one probe of an experiment by the clock, and gives them in due order. */
export interface Sampler {
  readonly spec: ProbeSpec;
  /** Samples that are due from `from` on until `to`, epoch ms, in due order. Ends early once `stop` says so. */
  between(from: number, to: number, stop: AbortSignal): AsyncIterable<Sample>;
  close(): Promise<void>;
}

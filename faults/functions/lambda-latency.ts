import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault, percent } from './shared/layer-fault.ts';

/** Up to the longest timeout of a function. */
const milliseconds = z.int().min(0).max(900_000);

const Parameters = z
  .strictObject({
    ms: milliseconds.default(1_000).describe('How many milliseconds it waits; if maxMs is given, the fewest'),
    maxMs: milliseconds
      .nullable()
      .default(null)
      .describe('The most milliseconds it waits, drawn for each invocation; null: always ms'),
    percent,
    minutes,
  })
  .refine(({ ms, maxMs }) => maxMs === null || maxMs >= ms, {
    path: ['maxMs'],
    error: 'expected at least as many as `ms`, or null',
  });

export const lambdaLatency = layerFault({
  name: 'lambda-latency',
  summary: "Waits before a function's handler: a fixed time, or any within a range.",
  leaves: 'invocations that timed out, and the time that is billed',
  parameters: Parameters,
  flagsOf: ({ ms, maxMs, percent: percentage }) => ({
    latency: { enabled: true, percentage, min_latency: ms, max_latency: maxMs ?? ms },
  }),
});

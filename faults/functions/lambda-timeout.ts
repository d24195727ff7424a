import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault, percent } from './shared/layer-fault.ts';

const Parameters = z.strictObject({
  bufferMs: z
    .int()
    .min(0)
    .max(900_000)
    .default(0)
    .describe('Milliseconds before the timeout at which the handler is called after all; 0: too late'),
  percent,
  minutes,
});

export const lambdaTimeout = layerFault({
  name: 'lambda-timeout',
  summary: "Waits before a function's handler until the invocation has no time left, or a little less.",
  leaves: 'invocations that timed out, the time that is billed, and cold starts',
  parameters: Parameters,
  flagsOf: ({ bufferMs, percent: percentage }) => ({
    timeout: { enabled: true, percentage, timeout_buffer_ms: bufferMs },
  }),
});

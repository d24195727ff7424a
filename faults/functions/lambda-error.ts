import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault, percent } from './shared/layer-fault.ts';

const Parameters = z.strictObject({
  message: z
    .string()
    .min(1)
    .max(1_000)
    .default('Injected exception')
    .describe('The message of the error that is thrown'),
  percent,
  minutes,
});

export const lambdaError = layerFault({
  name: 'lambda-error',
  summary: "Throws an error instead of calling a function's handler.",
  leaves: 'invocations that failed, and what retries of them did twice',
  parameters: Parameters,
  flagsOf: ({ message, percent: percentage }) => ({
    exception: { enabled: true, percentage, exception_msg: message },
  }),
});

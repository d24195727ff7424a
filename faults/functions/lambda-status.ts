import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault, percent } from './shared/layer-fault.ts';

const Parameters = z.strictObject({
  code: z.int().min(100).max(599).default(500).describe('The HTTP status code of the answer'),
  percent,
  minutes,
});

export const lambdaStatus = layerFault({
  name: 'lambda-status',
  summary: "Answers with an HTTP status instead of calling a function's handler.",
  leaves: 'requests that were refused; of a function that no HTTP calls, work that was taken for done',
  parameters: Parameters,
  flagsOf: ({ code, percent: percentage }) => ({
    statuscode: { enabled: true, percentage, status_code: code },
  }),
});

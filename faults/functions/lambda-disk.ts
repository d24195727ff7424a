import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault } from './shared/layer-fault.ts';

const Parameters = z.strictObject({
  // As much as there is by default.
  megabytes: z.int().min(1).max(10_240).default(512).describe('How many MB of /tmp are taken at most'),
  minutes,
});

export const lambdaDisk = layerFault({
  name: 'lambda-disk',
  summary: 'Fills /tmp of a function, up to so many megabytes.',
  leaves: 'a full /tmp in environments that are not invoked again, until Lambda ends them',
  parameters: Parameters,
  flagsOf: ({ megabytes }) => ({ diskspace: { enabled: true, disk_space: megabytes } }),
});

import * as z from 'zod';
import { DeploymentOptions } from './deployment-options.ts';
import { SetValues } from './set-option.ts';

/** The options of `chaos experiment run` and `rehearse`. */
export const RunOptions = DeploymentOptions.extend({
  sandbox: z.boolean().default(false),
  graceful: z.boolean(),
  watch: z.boolean().default(false),
  wait: z.boolean().default(false),
  set: SetValues,
  json: z.boolean().default(false),
}).strict();
export type RunOptions = z.infer<typeof RunOptions>;

import * as z from 'zod';
import { longestMinutes } from '#core/model/lasting.ts';

/** How long a fault lasts. The configuration sets the longest time that it allows. */
export const minutes = z
  .number()
  .min(1)
  .max(longestMinutes)
  .default(5)
  .describe('How long it lasts; the configuration may allow less: maxFaultMinutes');

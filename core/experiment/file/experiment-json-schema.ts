import * as z from 'zod';
import { experimentSchema } from './experiment-schema.ts';
import type { Known } from './known.ts';

/**
 * The JSON Schema of the file, for editors: what can be said of it without knowing more than the file. A branch for each fault and for
 * each type of probe, so that these complete their own keys.
 */
export function experimentJsonSchema(known: Known): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(experimentSchema(known), { io: 'input', target: 'draft-2020-12' });
}

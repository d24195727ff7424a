import type * as z from 'zod';

/** A member that JSON omits if it is undefined, but that always exists after parsing. */
export function optionalInJson<Value>(shape: z.ZodType<Value>) {
  return shape
    .optional()
    .prefault(undefined)
    .transform((found) => found);
}

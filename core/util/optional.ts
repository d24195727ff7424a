import type * as z from 'zod';

/** A member that JSON leaves out where it is undefined. It is there when it is read. */
export function optionalInJson<Value>(shape: z.ZodType<Value>) {
  return shape
    .optional()
    .prefault(undefined)
    .transform((found) => found);
}

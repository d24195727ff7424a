import type * as z from 'zod';
import { InvalidInput } from './invalid-input.ts';
import { toInvalidInput } from './to-invalid-input.ts';

export { InvalidInput, type Mistake } from './invalid-input.ts';

/** What a schema reads, all the way down to be read and not written. */
export type Parsed<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;
// What may be any JSON is left as it is: its type has no end.
type DeepReadonly<Value> = z.core.util.JSONType extends Value
  ? Value
  : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };

/**
 * Parses `input` with `schema`, or throws an `InvalidInput` that names the mistakes with their paths, and nothing else.
 * This is the only way in for outside data.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> {
  try {
    const result = schema.safeParse(input);
    if (result.success) return result.data;
    throw toInvalidInput(what, result.error.issues, input, schema);
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    // A getter or a proxy of the input's threw, or a check of ours did: it was not understood, so it is not taken.
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InvalidInput(what, [{ path: '(root)', expected: 'expected plain data', found }], {
      cause: error,
    });
  }
}

/** What `input` is by `schema`; undefined where it is something else, to tell apart what it is to be parsed as. */
export function parsedIf<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(input).data;
  } catch {
    return undefined;
  }
}

/** Whether an input, which may be anything, has a key. */
export function hasKey<Key extends string>(input: unknown, key: Key): input is Record<Key, unknown> {
  try {
    return typeof input === 'object' && input !== null && key in input;
  } catch {
    return false;
  }
}

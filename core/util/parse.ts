import type * as z from 'zod';
import { InvalidInput } from './invalid-input.ts';
import { toInvalidInput } from './to-invalid-input.ts';

export { InvalidInput, type Mistake } from './invalid-input.ts';

/** A schema's output, deeply read-only. */
export type Parsed<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;
// Arbitrary JSON is left as it is, as its type is infinite.
type DeepReadonly<Value> = z.core.util.JSONType extends Value
  ? Value
  : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };

/**
 * Parses `input` with `schema`. Throws only `InvalidInput`, which names the mistakes with their paths. All outside data comes
 * in through here.
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
    // A getter or proxy in the input threw, or one of our checks did: the input is not understood, so it is rejected.
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InvalidInput(what, [{ path: '(root)', expected: 'expected plain data', found }], {
      cause: error,
    });
  }
}

/** The parsed `input`; undefined if it does not match `schema`. For choosing between schemas. */
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

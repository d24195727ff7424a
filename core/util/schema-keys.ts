import type * as z from 'zod';

/** A key that a schema accepts. */
export interface SchemaKey {
  /** `rate.probability`; `accounts[].regions` in the entries of a list. */
  readonly path: string;
  readonly schema: z.core.$ZodTypes;
}

/** All keys that a schema accepts, in order. */
export function schemaKeys(schema: z.core.$ZodType, path = ''): readonly SchemaKey[] {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, member]) => {
        const there = path === '' ? key : `${path}.${key}`;
        return [{ path: there, schema: member as z.core.$ZodTypes }, ...schemaKeys(member, there)];
      });
    case 'array':
      return schemaKeys(def.element, `${path}[]`);
    case 'union':
      return def.options.flatMap((option) => schemaKeys(option, path));
    case 'pipe':
      return [...schemaKeys(def.in, path), ...schemaKeys(def.out, path)];
    case 'optional':
    case 'default':
    case 'prefault':
      return schemaKeys(def.innerType, path);
    default:
      return [];
  }
}

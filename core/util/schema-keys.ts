import type * as z from 'zod';

/**
 * The paths of all keys that a schema takes, such as `rate.probability`; places in a list are left out, `accounts.regions`.
 * To guess what a key that it does not take was meant to be.
 */
export function schemaKeys(schema: z.core.$ZodType): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(schema, '', paths);
  return paths;
}

function collect(schema: z.core.$ZodType, prefix: string, into: Set<string>): void {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      for (const [key, member] of Object.entries(def.shape)) {
        into.add(`${prefix}${key}`);
        collect(member, `${prefix}${key}.`, into);
      }
      return;
    case 'array':
      collect(def.element, prefix, into);
      return;
    case 'union':
      for (const option of def.options) collect(option, prefix, into);
      return;
    case 'pipe':
      collect(def.in, prefix, into);
      collect(def.out, prefix, into);
      return;
    case 'optional':
    case 'default':
    case 'prefault':
      collect(def.innerType, prefix, into);
  }
}

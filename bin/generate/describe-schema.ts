import * as z from 'zod';

export interface SchemaDescription {
  /** `a number of minutes, 0 or more`, ``default `15` ``. */
  readonly facts: readonly string[];
  readonly description: string | undefined;
}

/** The values that a key accepts, its default, and its description. */
export function describeSchema(schema: z.core.$ZodTypes): SchemaDescription {
  let description: string | undefined;
  let presence: string | undefined = 'required';
  let inner = schema;
  for (;;) {
    description ??= z.globalRegistry.get(inner)?.description;
    const { def } = inner._zod;
    if (def.type === 'optional') presence = 'optional';
    else if (def.type === 'default' || def.type === 'prefault') {
      const value = literal(def.defaultValue);
      // Each of its keys has its own default.
      presence = value === '{}' ? undefined : `default \`${value}\``;
    } else break;
    inner = def.innerType as z.core.$ZodTypes;
  }
  return {
    facts: [readExpected(inner), presence].filter((fact) => fact !== undefined),
    description,
  };
}

/** What a schema's error message says it expects; undefined if the message is not ours. */
function readExpected(schema: z.core.$ZodType): string | undefined {
  const { error } = z.safeParse(schema, null);
  return /^expected (.*)$/s.exec(error?.issues[0]?.message ?? '')?.[1];
}

/** Formats a value as TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => `${key}: ${literal(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return isFraction(value) ? `1 / ${1 / value}` : String(value);
}

/** For fractions such as 1 / 6, which nobody recognizes in 0.16666666666666666. */
function isFraction(value: unknown): value is number {
  return typeof value === 'number' && String(value).length > 10 && Number.isInteger(1 / value);
}

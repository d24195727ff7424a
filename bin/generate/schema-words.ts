import * as z from 'zod';

export interface SchemaWords {
  /** `a number of minutes, 0 or more`, ``default `15` ``. */
  readonly facts: readonly string[];
  readonly description: string | undefined;
}

/** What a key takes, what stands for it where it is left out, and what it is. */
export function wordsOf(schema: z.core.$ZodTypes): SchemaWords {
  let description: string | undefined;
  let presence: string | undefined = 'required';
  let inner = schema;
  for (;;) {
    description ??= z.globalRegistry.get(inner)?.description;
    const { def } = inner._zod;
    if (def.type === 'optional') presence = 'optional';
    else if (def.type === 'default' || def.type === 'prefault') {
      const value = literal(def.defaultValue);
      // Of its keys each has a default of its own.
      presence = value === '{}' ? undefined : `default \`${value}\``;
    } else break;
    inner = def.innerType as z.core.$ZodTypes;
  }
  return {
    facts: [expectedOf(inner), presence].filter((fact) => fact !== undefined),
    description,
  };
}

/** What a schema says that it expects, to whoever gives it something else; undefined where those are not words of ours. */
function expectedOf(schema: z.core.$ZodType): string | undefined {
  const { error } = z.safeParse(schema, null);
  return /^expected (.*)$/s.exec(error?.issues[0]?.message ?? '')?.[1];
}

/** A value as it is written in TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => `${key}: ${literal(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return isFraction(value) ? `1 / ${1 / value}` : String(value);
}

/** Such as 1 / 6, which nobody recognizes in 0.16666666666666666. */
function isFraction(value: unknown): value is number {
  return typeof value === 'number' && String(value).length > 10 && Number.isInteger(1 / value);
}

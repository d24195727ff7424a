import { experimentSchema } from '#core/experiment/file/experiment-schema.ts';
import type { Known } from '#core/experiment/file/known.ts';
import { commonKeys } from '#core/experiment/file/probe-schema.ts';
import { type SchemaKey, schemaKeys } from '#core/util/schema-keys.ts';
import { type DescribedKey, describedKey, fillKeys } from './fill-keys.ts';

/** Regenerates the lists of keys in docs/experiments.md: each key once, whatever the fault or the type of probe. */
export function experimentsPage(page: string, known: Known): string {
  const keys = schemaKeys(experimentSchema(known)).filter(({ path }) => !isOfOneType(path));
  const described = [...Map.groupBy(keys, ({ path }) => path).values()].flatMap(mergedKey);
  return fillKeys(page, 'docs/experiments.md', described);
}

/** The keys of one type of probe are in a list of their own. */
function isOfOneType(path: string): boolean {
  const [, key] = /^(?:steadyState\.probes|observations)\[\]\.(.*)$/.exec(path) ?? [];
  const common = [
    'type',
    'tolerance',
    'tolerance.bad',
    'tolerance.badFor',
    ...Object.keys(commonKeys({ leastEveryMs: 1_000 })),
  ];
  return key !== undefined && !common.includes(key);
}

/** A key that has one schema for each fault, or for each type of probe: what is true of all of them. */
function mergedKey(same: readonly SchemaKey[]): readonly DescribedKey[] {
  // Where a fault refuses the key, its schema is not described.
  const described = same.map(describedKey).filter(({ description }) => description !== undefined);
  const [first] = described;
  if (first === undefined) return [];
  const facts = first.facts
    .filter((fact) => described.every((one) => one.facts.includes(fact)))
    .map((fact) => fact.replace(/^a time with its unit.*/, 'a time'));
  const names = [...new Set(same.flatMap(({ schema }) => namesIn(schema)))];
  if (names.length < 2) return [{ ...first, facts }];
  return [{ ...first, facts, description: `One of ${names.map((name) => `\`${name}\``).join(', ')}.` }];
}

function namesIn(schema: SchemaKey['schema']): readonly string[] {
  const { def } = schema._zod;
  if (def.type === 'literal') return def.values.map(String);
  return def.type === 'enum' ? Object.values(def.entries).map(String) : [];
}

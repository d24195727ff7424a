import { experimentSchema } from '#core/experiment/file/experiment-schema.ts';
import type { Known } from '#core/experiment/file/known.ts';
import { commonKeys } from '#core/experiment/file/probe-schema.ts';
import type { Probe } from '#core/ports/probe.ts';
import { type SchemaKey, schemaKeys } from '#core/util/schema-keys.ts';
import { type DescribedKey, describedKey, fillKeys, keyEntry } from './fill-keys.ts';
import { fillLists } from './lists-in-page.ts';
import { wrapEntry } from './wrap-entry.ts';

/**
 * Regenerates the lists of keys in docs/experiments.md: each key once, whatever the fault or the type of probe, and what each type of
 * probe has of its own.
 */
export function experimentsPage(page: string, known: Known): string {
  const keys = schemaKeys(experimentSchema(known)).filter(({ path }) => !isOfOneType(path));
  const described = [...Map.groupBy(keys, ({ path }) => path).values()].flatMap(mergedKey);
  const types = known.probes.map((probe) => ({ name: probe.type, probe }));
  const withTypes = fillLists(page, 'probes', types, (listed) =>
    listed.map(({ probe }) => `${section(probe)}\n`).join('\n'),
  );
  return fillKeys(withTypes, 'docs/experiments.md', described);
}

function section({ type, summary, parameters }: Probe): string {
  const keys = schemaKeys(parameters).map(describedKey);
  return [`### ${type}`, '', wrapEntry(summary), '', ...keys.map(keyEntry)].join('\n');
}

/** The keys of one type of probe are in a list of their own. */
function isOfOneType(path: string): boolean {
  const [, key] = /^(?:steadyState\.probes|observations|load)\[\]\.(.*)$/.exec(path) ?? [];
  const common = [
    'type',
    'tolerance',
    'tolerance.bad',
    'tolerance.badFor',
    'rate',
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

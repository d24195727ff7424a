import type { SchemaKey } from '#core/util/schema-keys.ts';
import { describeSchema, type SchemaDescription } from './describe-schema.ts';
import { wrapEntry } from './wrap-entry.ts';

export interface DescribedKey extends SchemaDescription {
  readonly path: string;
}

export function describedKey({ path, schema }: SchemaKey): DescribedKey {
  return { path, ...describeSchema(schema) };
}

/**
 * Regenerates the lists of keys in a page, each between `<!-- keys: schedule, calendar -->` and `<!-- end -->`: these keys and all keys
 * in them. Throws if a key is in no list, or a list names an unknown key. `where`: the page, for the error.
 */
export function fillKeys(page: string, where: string, described: readonly DescribedKey[]): string {
  const keys = Map.groupBy(described, ({ path }) => path.replace(/[.[].*/, ''));
  const made = page.replaceAll(
    /(<!-- keys: (.*) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, opening: string, names: string, closing: string) => {
      const listed = names.split(', ').flatMap((name) => keys.get(name) ?? []);
      for (const name of names.split(', ')) {
        if (!keys.delete(name)) throw new Error(`${where} lists ${name}, which is no key`);
      }
      return `${opening}\n${listed.map(keyEntry).join('\n')}\n\n${closing}`;
    },
  );
  if (keys.size > 0) throw new Error(`${where} does not list ${[...keys.keys()].join(', ')}`);
  return made;
}

/** A key, followed by the values that it accepts in parentheses. */
export function keyEntry({ path, facts, description = '' }: DescribedKey): string {
  const suffix = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return wrapEntry(`- \`${path}\`${suffix}: ${description}`);
}

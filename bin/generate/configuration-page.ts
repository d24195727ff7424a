import type * as z from 'zod';
import { type SchemaKey, schemaKeys } from '#core/util/schema-keys.ts';
import { describeSchema } from './describe-schema.ts';
import { wrapEntry } from './wrap-entry.ts';

/**
 * Regenerates the lists of keys in docs/configuration.md, each between `<!-- keys: schedule, calendar -->` and `<!-- end -->`:
 * these keys and all keys in them. Throws if a key is in no list, or a list names an unknown key.
 */
export function configurationPage(page: string, schema: z.ZodType): string {
  const keys = Map.groupBy(schemaKeys(schema), ({ path }) => path.replace(/[.[].*/, ''));
  const made = page.replaceAll(
    /(<!-- keys: (.*) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, opening: string, names: string, closing: string) => {
      const listed = names.split(', ').flatMap((name) => keys.get(name) ?? []);
      for (const name of names.split(', ')) {
        if (!keys.delete(name)) throw new Error(`docs/configuration.md lists ${name}, which is no key`);
      }
      return `${opening}\n${listed.map(entry).join('\n')}\n\n${closing}`;
    },
  );
  if (keys.size > 0) throw new Error(`docs/configuration.md does not list ${[...keys.keys()].join(', ')}`);
  return made;
}

/** A key, followed by the values that it accepts in parentheses. */
function entry({ path, schema }: SchemaKey): string {
  const { facts, description = '' } = describeSchema(schema);
  const suffix = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return wrapEntry(`- \`${path}\`${suffix}: ${description}`);
}

import type * as z from 'zod';
import { type SchemaKey, schemaKeys } from '#core/util/schema-keys.ts';
import { wordsOf } from './schema-words.ts';

/**
 * docs/configuration.md with its lists of keys made anew, each between `<!-- keys: schedule, calendar -->` and `<!-- end -->`: these
 * keys and all within them. Throws where a key is in no list, or in a list is none.
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

/** A key of a list, and in brackets what it takes. */
function entry({ path, schema }: SchemaKey): string {
  const { facts, description = '' } = wordsOf(schema);
  const told = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return wrapped(`- \`${path}\`${told}: ${description}`);
}

const maxLineLength = 120;

/** On as many lines as it takes. Code stays whole. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const last = lines.pop();
    const longer = `${last} ${word}`;
    if (last === undefined) lines.push(word);
    else if (longer.length <= maxLineLength) lines.push(longer);
    else lines.push(last, `  ${word}`);
  }
  return lines.join('\n');
}

import type * as z from 'zod';
import { schemaKeys } from '#core/util/schema-keys.ts';
import { describedKey, fillKeys } from './fill-keys.ts';

/** Regenerates the lists of keys in docs/configuration.md. */
export function configurationPage(page: string, schema: z.ZodType): string {
  return fillKeys(page, 'docs/configuration.md', schemaKeys(schema).map(describedKey));
}

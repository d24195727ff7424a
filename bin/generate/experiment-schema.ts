import { experimentJsonSchema } from '#core/experiment/file/experiment-json-schema.ts';
import type { Known } from '#core/experiment/file/known.ts';

/** The text of docs/experiment.schema.json. */
export function experimentSchemaFile(known: Known): string {
  const { $schema, ...schema } = experimentJsonSchema(known);
  const title = 'An experiment: steady state, hypothesis, method, stop conditions';
  return `${JSON.stringify({ $schema, title, ...schema }, null, 1)}\n`;
}

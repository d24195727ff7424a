import type * as z from 'zod';
import type { CommandDocument } from './documents.ts';

/** `percent` is `Percent` in SSM. */
export function parameterName(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

/** The `Parameters` of SendCommand. Throws where the document does not take these. */
export function commandParameters<Parameters extends z.ZodObject>(
  { parameters }: CommandDocument<Parameters>,
  values: z.input<Parameters>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(parameters.parse(values)).map(([key, value]) => [parameterName(key), [String(value)]]),
  );
}

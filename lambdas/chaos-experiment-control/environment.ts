import * as z from 'zod';

/** What the stack passes to the function. The configuration is next to the code. */
export const Environment = z.object({
  /** The ledger's table. */
  TABLE_NAME: z.string('expected the name of the ledger table').min(1),
  /** The durable function that runs experiments, and its alias. */
  EXPERIMENT_NAME: z.string('expected the name of the function').min(1),
  EXPERIMENT_ALIAS: z.string('expected the alias of the function').min(1),
  /** The function that undoes. */
  JANITOR_NAME: z.string('expected the name of the function').min(1),
});
export type Environment = z.infer<typeof Environment>;

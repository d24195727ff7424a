import * as z from 'zod';

/**
 * The alias by which API Gateway invokes the function, and nobody else: what arrives there was signed by whom it says. An invocation
 * by the function's name has that name in its context, whatever its event says.
 */
export const apiAlias = 'api';

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

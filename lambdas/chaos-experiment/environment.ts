import * as z from 'zod';

/** What the stack passes to the function. The configuration is next to the code. */
export const Environment = z.object({
  /** The ledger's table. */
  TABLE_NAME: z.string('expected the name of the ledger table').min(1),
  /** Where people are told. */
  TOPIC_ARN: z.string('expected the ARN of the topic').min(1),
  /** Groups that did not recover are published here, which raises the alarm. */
  NOT_RECOVERED_TOPIC_ARN: z.string('expected the ARN of the topic').min(1),
  REPORTS_BUCKET: z.string('expected the name of the bucket').min(1),
  /** The function that undoes. */
  JANITOR_NAME: z.string('expected the name of the function').min(1),
});
export type Environment = z.infer<typeof Environment>;

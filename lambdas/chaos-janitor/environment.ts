import * as z from 'zod';

/** What the stack passes to the function. It has no configuration beside it: the ledger says how each fault is undone. */
export const Environment = z.object({
  /** The ledger's table. */
  TABLE_NAME: z.string('expected the name of the ledger table').min(1),
  /** Where people are told. */
  TOPIC_ARN: z.string('expected the ARN of the topic').min(1),
  /** Faults that cannot be undone are published here, which raises the alarm. */
  NOT_UNDONE_TOPIC_ARN: z.string('expected the ARN of the topic').min(1),
  /** In which people are told times. */
  TIME_ZONE: z.string('expected a time zone').min(1),
});
export type Environment = z.infer<typeof Environment>;

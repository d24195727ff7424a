import * as z from 'zod';

/** Names of the SSM parameters that hold the webhook URLs. The URLs themselves are secrets and are never put here. */
export const Environment = z.object({
  SLACK_PARAMETER: z.string('expected the name of an SSM parameter').min(1).optional(),
  TEAMS_PARAMETER: z.string('expected the name of an SSM parameter').min(1).optional(),
});
export type Environment = z.infer<typeof Environment>;

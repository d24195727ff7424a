import * as z from 'zod';
import type { SafetyLever } from '#core/model/group.ts';
import { parse } from '#core/util/parse.ts';
import type { FisClient } from '../fis/client.ts';
import { GetSafetyLeverCommand } from '../fis/get-safety-lever.ts';

/** Each account has one in each region, and this is its id. Source: FIS User Guide, "Safety levers for AWS FIS". */
const id = 'default';

/** An unknown status is an error, never permission. */
const Answer = z.object({
  safetyLever: z.object({
    state: z.object({
      status: z.enum(['engaged', 'disengaged', 'engaging']),
      reason: z.string().default(''),
    }),
  }),
});

/** Reads the safety lever of the client's account and region. Throws AWS's errors. */
export async function safetyLever(client: FisClient): Promise<SafetyLever> {
  const answer = await client.send(new GetSafetyLeverCommand({ id }));
  return parse(Answer, answer, 'the answer of AWS FIS').safetyLever.state;
}

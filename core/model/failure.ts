import * as z from 'zod';
import { codeOf, messageOf } from '../util/error-text.ts';
import type { Parsed } from '../util/parse.ts';

/** Something that could not be done. The run went on without it. */
export const Failure = z.object({
  stage: z.enum([
    'control',
    'assume-role',
    'survey',
    'inspect',
    'claim',
    'verify',
    'undo',
    'record',
    'announce',
  ]),
  /** The error's name in AWS's words, or ours: `AccessDenied`, `DeadlineReached`. */
  code: z.string(),
  message: z.string(),
  account: z.string().exactOptional(),
  region: z.string().exactOptional(),
  group: z.string().exactOptional(),
});
export type Failure = Parsed<typeof Failure>;
export type FailureStage = Failure['stage'];

/** An error as an entry of a report. Its message is truncated, as a report may have many entries. */
export function failure(
  stage: FailureStage,
  error: unknown,
  where: Pick<Failure, 'account' | 'region' | 'group'> = {},
): Failure {
  return { stage, code: codeOf(error), message: messageOf(error), ...where };
}

/** Something that was not started because the run's time was up. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';

  constructor(what: string) {
    super(`no time was left to ${what}`);
  }
}

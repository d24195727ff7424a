import { codeOf, messageOf } from '../util/error-text.ts';

/** Something that could not be done; all else went on. */
export interface Failure {
  readonly stage: FailureStage;
  /** The error's name in AWS's words, or ours: `AccessDenied`, `DeadlineReached`. */
  readonly code: string;
  readonly message: string;
  readonly account?: string;
  readonly region?: string;
  readonly group?: string;
}

export type FailureStage =
  | 'control'
  | 'assume-role'
  | 'survey'
  | 'inspect'
  | 'claim'
  | 'verify'
  | 'record'
  | 'announce';

/** An error as an entry of the report: AWS's name for it, and its words cut to a length that many entries can have. */
export function failure(
  stage: FailureStage,
  error: unknown,
  where: Pick<Failure, 'account' | 'region' | 'group'> = {},
): Failure {
  return { stage, code: codeOf(error), message: messageOf(error), ...where };
}

/** What was not begun because the run's time is up. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';

  constructor(what: string) {
    super(`no time was left to ${what}`);
  }
}

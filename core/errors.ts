import type { Failure, FailureStage } from './report.ts';

const maxMessage = 400;

/** An error as an entry of the report: AWS's name for it, and its words cut to a length that many entries can have. */
export function failure(
  stage: FailureStage,
  error: unknown,
  where: Pick<Failure, 'account' | 'region' | 'group'> = {},
): Failure {
  return { stage, code: codeOf(error), message: messageOf(error), ...where };
}

export function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > maxMessage ? `${text.slice(0, maxMessage - 3)}...` : text;
}

/** What was not begun because the run's time is up. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';

  constructor(what: string) {
    super(`no time was left to ${what}`);
  }
}

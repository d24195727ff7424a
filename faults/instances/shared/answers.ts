import type { Sighting } from '#core/model/lasting.ts';
import type { Answer } from './run-command.ts';

/**
 * Exit codes with which nothing of the strike is left, and another delivery of the same command would do nothing either. With 4 and 5 an
 * earlier delivery, whose answer was lost, may have begun it.
 */
const nothingDone: readonly number[] = [2, 3, 6, 7, 143];

/** What the answer of a document that begins a strike says. `partly`: it may have begun. Source: docs/ssm-documents.md. */
export function begun(answer: Answer | undefined, strike: string): Sighting {
  if (answer === undefined) return 'partly';
  const { status, exitCode, output, errors } = answer;
  if (status === 'Success') {
    // Without that line the step was skipped.
    return output.startsWith(`chaos: begun ${strike} `) ? 'ours' : 'before';
  }
  if (status !== 'Failed') return 'partly';
  if (nothingDone.includes(exitCode)) return 'before';
  return exitCode === 4 && errors.includes(`strike ${strike} is active`) ? 'ours' : 'partly';
}

/** Whether nothing of the strike is left, and it cannot begin any more. */
export function isUndone({ status, output }: Answer, strike: string): boolean {
  return status === 'Success' && output.startsWith(`chaos: undone ${strike}`);
}

/** Something is left that cannot be killed: its time alone does not end it. */
export function isStuck({ status, exitCode }: Answer): boolean {
  return status === 'Failed' && exitCode === 1;
}

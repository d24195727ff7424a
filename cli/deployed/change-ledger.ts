import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import type { WriteTracker } from './write-tracker.ts';

/** A change to the ledger, described for messages if it fails. */
export interface Change {
  /** `lift the stop`. */
  readonly doing: string;
  /** `the stop is lifted`. */
  readonly done: string;
  /** The command that shows the result. */
  readonly see: string;
}

/**
 * Makes a change. If it is interrupted or fails, the error says whether it may have been made anyway. `sent` tracks all attempts.
 */
export async function changeLedger(
  { doing, done, see }: Change,
  write: () => Promise<void>,
  sent: WriteTracker,
  { terminal, onInterrupt }: Pick<CliContext, 'terminal' | 'onInterrupt'>,
): Promise<void> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const stopListening = onInterrupt(() =>
    reject(new CliError(`Could not ${doing}. Interrupted.`, exitCodes.failed)),
  );
  try {
    await new WaitNotice(terminal).during(`AWS to ${doing}`, Promise.race([write(), interrupted]));
  } catch (error) {
    const trouble = awsErrorMessage(error, doing);
    if (!sent.mayHaveTakenEffect) throw trouble;
    const why = trouble.message.replace(`Could not ${doing}. `, '');
    throw new CliError(`NOT KNOWN whether ${done}. ${why}\n  See: ${see}`, exitCodes.failed, error);
  } finally {
    stopListening();
  }
}

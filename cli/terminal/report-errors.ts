import { messageOf } from '#core/util/error-text.ts';
import { CliError, type ExitCode, exitCodes } from '../context/cli-error.ts';
import type { Terminal } from './terminal.ts';

/** Runs `task` and returns its exit code. Errors are reported in one message, without a stack trace. */
export async function reportErrors(task: () => Promise<ExitCode>, terminal: Terminal): Promise<ExitCode> {
  try {
    return await task();
  } catch (error) {
    // Not truncated: a configuration may have many mistakes.
    terminal.note(`error: ${error instanceof Error ? error.message : messageOf(error)}`);
    return error instanceof CliError ? error.exitCode : exitCodes.failed;
  }
}

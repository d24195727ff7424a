import { CliError } from '#cli/context/cli-error.ts';

/** Runs a script's task. A mistake in the configuration, or a folder that cannot be written, is printed: a stack trace would not help. */
export async function printExpectedErrors(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const isExpected = error instanceof CliError || (error instanceof Error && 'syscall' in error);
    if (!isExpected) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Exit codes of all commands. */
export const exitCodes = {
  done: 0,
  /** Something failed or was not done. */
  failed: 1,
  /** Bad usage, bad configuration, bad request: nothing was done. */
  badUsage: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error for users: what is wrong, and what helps. It is shown without a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

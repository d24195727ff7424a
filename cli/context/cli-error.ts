/** How a command ended, as the shell sees it. */
export const exitCodes = {
  done: 0,
  /** Something failed, or what was asked for was not done. */
  failed: 1,
  /** Bad usage, bad configuration, bad request: nothing was done. */
  badUsage: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command could not do, in words for its user: what is wrong, and what helps. It is shown without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

import type { ExperimentVerdict } from '#core/reports/experiment-report.ts';

/** Exit codes of all commands. */
export const exitCodes = {
  done: 0,
  /** Something failed or was not done. */
  failed: 1,
  /** Bad usage, bad configuration, bad request: nothing was done. */
  badUsage: 2,
  /** It was only looked at, and would fail. */
  wouldFail: 3,
} as const;

/** Exit codes of an experiment, by its verdict: 2 is bad usage, as for any command. */
export const verdictExitCodes = {
  survived: 0,
  deviated: 1,
  'not-steady': 3,
  inconclusive: 4,
  aborted: 5,
  failed: 6,
  'undo-failed': 7,
} as const satisfies Record<ExperimentVerdict['is'], number>;

export type ExitCode =
  | (typeof exitCodes)[keyof typeof exitCodes]
  | (typeof verdictExitCodes)[keyof typeof verdictExitCodes];

/** An error for users: what is wrong, and what helps. It is shown without a stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

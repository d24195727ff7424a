import { CliError, type ExitCode } from './cli-error.ts';

/** What was named, and is not there: no command that is printed after it may name it again. */
export class NotFound extends CliError {
  readonly what: 'profile' | 'stack' | 'table';

  constructor(what: NotFound['what'], message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, exitCode, cause);
    this.what = what;
  }
}

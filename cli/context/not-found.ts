import { CliError, type ExitCode } from './cli-error.ts';

/** Something the user named does not exist: commands suggested afterward must not name it again. */
export class NotFound extends CliError {
  readonly what: 'profile' | 'stack' | 'table';

  constructor(what: NotFound['what'], message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, exitCode, cause);
    this.what = what;
  }
}

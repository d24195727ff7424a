import type { Clients } from '#aws/clients.ts';
import type { Clock } from '#core/ports.ts';
import type { ExitCode } from './cli-error.ts';
import type { Prompt } from './prompt.ts';
import type { Terminal } from './terminal.ts';

/** What a command acts in. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly clients: Clients;
  /** Left out where nobody is there to answer. */
  readonly prompt?: Prompt | undefined;
  /** Says how the command ended, where that is not `done`. */
  finish(exitCode: ExitCode): void;
}

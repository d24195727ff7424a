import type { Clients } from '#aws/clients/clients.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import type { ConfigFile } from '../config/load-config.ts';
import type { Prompt } from '../terminal/prompt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ExitCode } from './cli-error.ts';

/** What a command acts in. */
export interface CliContext {
  readonly terminal: Terminal;
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly clock: Clock;
  /** Refuses what the environment gets wrong, naming the variable, when the first client is made. */
  readonly clients: Clients;
  /** Left out where nobody is there to answer. */
  readonly prompt?: Prompt | undefined;
  /** Reads what an emergency needs of a configuration; a text says why it cannot. */
  readConfigSummary(file: ConfigFile): Promise<ConfigSummary | string>;
  /** Calls `listener` on Ctrl-C, in place of ending the process, until the function that it returns is called. */
  onInterrupt(listener: () => void): () => void;
  /** Says how the command ended, where that is not `done`. */
  finish(exitCode: ExitCode): void;
}

/** What the process gives to `chaos`. */
export interface ProcessParts extends Omit<CliContext, 'finish' | 'clients' | 'env'> {
  /** `--profile` is set in it: the SDK reads the process's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** The SDK takes a tenth of a second to load: not for help. */
  loadClients(): Promise<Clients>;
}

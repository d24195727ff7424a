import type { Clients } from '#aws/clients/clients.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ConfigSummary } from '../config/config-summary.ts';
import type { ConfigFile } from '../config/open-config.ts';
import type { Prompt } from '../terminal/prompt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ExitCode } from './cli-error.ts';

/** What commands depend on. */
export interface CliContext {
  readonly terminal: Terminal;
  /** The working directory: paths are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly clock: Clock;
  /** Throws for a faulty environment variable, and names it, when the first client is created. */
  readonly clients: Clients;
  /** Undefined when nobody is at the terminal to answer. */
  readonly prompt?: Prompt | undefined;
  /** Reads what an emergency needs to know from a configuration. A string is the reason why that failed. */
  readConfigSummary(file: ConfigFile): Promise<ConfigSummary | string>;
  /** Calls `listener` on Ctrl-C, or another signal, instead of ending the process. The returned function unregisters it. */
  onInterrupt(listener: (signal: NodeJS.Signals) => void): () => void;
  /** Sets the exit code, if it is not `done`. */
  finish(exitCode: ExitCode): void;
}

/** What the process provides to `chaos`. */
export interface ProcessParts extends Omit<CliContext, 'finish' | 'clients' | 'env'> {
  /** `--profile` changes it: the SDK reads the process's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Lazy, as the SDK takes a tenth of a second to load, which help should not pay for. */
  loadClients(): Promise<Clients>;
}

import type { Command } from 'commander';
import type { CliContext } from './context/cli-context.ts';

/** A command as the overview lists it. Its module is loaded on demand: loading all of them takes a second. */
export interface CommandEntry {
  readonly name: string;
  /** As the usage line shows them: `<group>`. */
  readonly arguments?: string;
  readonly summary: string;
  readonly load: () => Promise<(context: CliContext) => Command>;
}

import type { Command } from 'commander';
import type { CliContext } from './context/cli-context.ts';

/** A command as the overview knows it. Its module is loaded when it is asked for: all of them together take a second. */
export interface CommandEntry {
  readonly name: string;
  /** As they stand in its usage: `<group>`. */
  readonly arguments?: string;
  readonly summary: string;
  readonly load: () => Promise<(context: CliContext) => Command>;
}

import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Config } from '#core/config/config.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { defaultConfigFile, findConfigIn } from '#lib/config/config-file.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { withStdoutOnStderr } from '../terminal/stdout-on-stderr.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  /** Why the file is ambiguous. Reported only to commands that need it: the stop must not fail because of it. */
  readonly ambiguous?: InvalidInput;
}

/** Finds the file that `--config` names, else chaos.config.* in `cwd`, else the one in the repository. */
export function findConfig(named: string | undefined, cwd: string): ConfigFile {
  if (named !== undefined) return { path: resolve(cwd, named), shown: named };
  try {
    const path = findConfigIn(cwd) ?? defaultConfigFile();
    return { path, shown: relative(cwd, path) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { path: resolve(cwd, 'chaos.config.*'), shown: 'chaos.config.*', ambiguous: error };
  }
}

/**
 * Loads and checks the configuration. Throws a `CliError` that says what is wrong, and where. Anything that it prints while loading
 * goes to stderr, and so does the notice that loading takes long.
 */
export async function openConfig(
  { path, shown, ambiguous }: ConfigFile,
  terminal: Pick<Terminal, 'note'> = stderrAlone,
): Promise<Config> {
  if (ambiguous !== undefined) throw configError(ambiguous.message, ambiguous);
  if (!existsSync(path)) {
    throw configError(
      `There is no configuration ${shown}. Pass the path of yours: --config PATH\n  To write one: ./chaos init`,
    );
  }
  // Loaded late: it pulls in all faults and their SDK clients, which finding the file does not need.
  const { loadConfig } = await import('#lib/config/load-config.ts');
  // The configuration is a program: if it exited here, the command would seem to have succeeded.
  const ended = () => {
    process.stderr.write(`error: ${shown} ended the process while loading\n`);
    process.exitCode = exitCodes.badUsage;
  };
  // Nothing is left to happen, so whatever it awaits never comes. Node would end the process with a warning about our own code.
  const stuck = () => {
    process.removeListener('exit', ended);
    process.stderr.write(`error: ${shown} never finished loading\n`);
    process.exit(exitCodes.badUsage);
  };
  process.once('exit', ended);
  process.once('beforeExit', stuck);
  try {
    return await new WaitNotice(terminal).during(
      `${shown} to load`,
      withStdoutOnStderr(() => loadConfig(path)),
    );
  } catch (error) {
    if (!(error instanceof InvalidInput)) {
      throw configError(`${shown} cannot be loaded${formatLine(error, path)}: ${messageOf(error)}`, error);
    }
    if (error.mistakes.some((mistake) => mistake.path === '(root)' && mistake.found === 'nothing')) {
      throw configError(
        holdsData(path)
          ? `${shown} is empty. To write one: ./chaos init`
          : `${shown} exports no configuration. It needs: export default { ... }`,
        error,
      );
    }
    throw configError(error.of(shown).message, error);
  } finally {
    process.removeListener('exit', ended);
    process.removeListener('beforeExit', stuck);
  }
}

/** For entry points that load the configuration before they have a terminal. */
const stderrAlone: Pick<Terminal, 'note'> = {
  note: (text) => void process.stderr.write(`${text}\n`),
};

function holdsData(path: string): boolean {
  return /\.(json|ya?ml)$/.test(path);
}

function configError(message: string, cause?: unknown): CliError {
  return new CliError(message, exitCodes.badUsage, cause);
}

/** ` (line 12)`: Node names the position at the head of a SyntaxError's stack, or in its frames. */
function formatLine(error: unknown, path: string): string {
  const [, after = ''] = (error instanceof Error ? (error.stack ?? '') : '').split(`${path}:`);
  const line = /^\d+/.exec(after)?.[0];
  return line === undefined ? '' : ` (line ${line})`;
}

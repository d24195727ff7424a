import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Config } from '#core/config/config.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { configIn, defaultConfigFile } from '#lib/config/config-file.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { withStdoutOnStderr } from '../terminal/stdout-on-stderr.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  /** Why it is not known which file is meant. Only who needs one is told: the stop must not wait for it. */
  readonly ambiguous?: InvalidInput;
}

/** The file that `--config` names; else chaos.config.* in the folder `cwd`; else the one that is deployed from here. */
export function findConfig(named: string | undefined, cwd: string): ConfigFile {
  if (named !== undefined) return { path: resolve(cwd, named), shown: named };
  try {
    const path = configIn(cwd) ?? defaultConfigFile();
    return { path, shown: relative(cwd, path) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { path: resolve(cwd, 'chaos.config.*'), shown: 'chaos.config.*', ambiguous: error };
  }
}

/**
 * The configuration, whole and checked. Throws a `CliError` that says what is wrong with it, and where. What it prints while it is
 * loaded goes to stderr, as does what is said where it takes long.
 */
export async function loadConfig(
  { path, shown, ambiguous }: ConfigFile,
  terminal: Pick<Terminal, 'note'> = stderrAlone,
): Promise<Config> {
  if (ambiguous !== undefined) throw configError(ambiguous.message, ambiguous);
  if (!existsSync(path)) {
    throw configError(`There is no configuration ${shown}. Give the path of yours: --config PATH`);
  }
  // With it come all faults and the SDK clients that they call: not where only the file is looked for.
  const { loadConfig: importConfig } = await import('#lib/config/load-config.ts');
  const ended = () => {
    process.stderr.write(`error: ${shown} ended the process while it was loaded\n`);
    process.exitCode = exitCodes.badUsage;
  };
  // It is a program: one that ends here would look like a command that is done.
  process.once('exit', ended);
  try {
    return await new WaitNotice(terminal).during(
      `${shown} to load`,
      withStdoutOnStderr(() => importConfig(path)),
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
  }
}

/** For entry points that load it before they have anything else to say. */
const stderrAlone: Pick<Terminal, 'note'> = {
  note: (text) => void process.stderr.write(`${text}\n`),
};

function holdsData(path: string): boolean {
  return /\.(json|ya?ml)$/.test(path);
}

function configError(message: string, cause?: unknown): CliError {
  return new CliError(message, exitCodes.badUsage, cause);
}

/** ` (line 12)`: Node names the place in the file at the head of a SyntaxError's stack, or in its frames. */
function formatLine(error: unknown, path: string): string {
  const [, after = ''] = (error instanceof Error ? (error.stack ?? '') : '').split(`${path}:`);
  const line = /^\d+/.exec(after)?.[0];
  return line === undefined ? '' : ` (line ${line})`;
}

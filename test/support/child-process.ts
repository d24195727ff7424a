import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The pinned Node, whichever one runs the tests. */
export const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** This process's environment without AWS variables, so that no real account is ever reached. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('AWS_')));
}

/** Variables that give a child this process's clock under `faketime`, which `.ci/run` uses. */
export function ownClock(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => key === 'LD_PRELOAD' || key.startsWith('FAKETIME')),
  );
}

/** Starts a program that ends with this process. */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
  return child;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this repository to its end, with the pinned Node. */
export async function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  const child = startChild(node, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}

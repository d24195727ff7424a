import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process that ends with this one, whatever ends it. */
export interface LocalProcess {
  readonly child: ChildProcess;
  /** At once, as when the power fails. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts Node. The program must end when its standard input does: that is all that a process which is killed itself still does. It is in
 * a process group of its own, as a terminal sends Ctrl-C to the whole group: what ends, and when, is up to this process.
 */
export function startProcess(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  {
    output = 'ignore',
    within = [],
  }: {
    readonly output?: 'pipe' | 'ignore';
    /** A command that replaces itself by the one that follows. */
    readonly within?: readonly string[];
  } = {},
): LocalProcess {
  const [command = '', ...others] = [...within, process.execPath, ...args];
  const stdio: SpawnOptions['stdio'] = ['pipe', output, 'ignore'];
  const env = { ...inherited(process.env), ...variables };
  const child = spawn(command, others, { env, stdio, detached: true });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  ended.catch(() => {});
  return {
    child,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Nothing of the user's own account, nor of how this process was started. */
function inherited(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !/^(AWS|CHAOS|NODE)_/.test(key)));
}

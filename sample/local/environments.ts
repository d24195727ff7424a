import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parameterVariable, pollVariable } from '#layer/parameter.ts';
import { startRuntimeApi } from './runtime-api.ts';

const layer = fileURLToPath(new URL('../../layer/hook.ts', import.meta.url));
const runtime = fileURLToPath(new URL('./aws-lambda-ric/index.mjs', import.meta.url));

/** So often an environment asks what is injected: a demonstration has no minute to wait. */
const layerPollMs = 200;

export interface LocalFunction {
  readonly name: string;
  /** `list-images.handler`, in this folder. */
  readonly handler: string;
  readonly folder: string;
  /** How many run at the same time: at least the rate times the duration, or events queue and the fault is not what is measured. */
  readonly environments: number;
  /** The SSM parameter that says what is injected. */
  readonly parameter: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface RunningFunction {
  invoke(event: unknown, timeoutMs: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs a function in processes of its own, each with the failure layer, as Lambda would. They end with this process, whatever ends it. */
export async function runFunction(local: LocalFunction): Promise<RunningFunction> {
  const api = await startRuntimeApi();
  const started = Array.from({ length: local.environments }, () => startEnvironment(local, api.host));
  const kill = () => {
    for (const child of started) child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    const ended = started.map(
      (child) => (child.exitCode ?? child.signalCode) === null && once(child, 'exit'),
    );
    kill();
    await Promise.all([...ended, api.close()]);
  };
  try {
    await api.ready(local.environments);
  } catch (error) {
    await stop();
    throw error;
  }
  return { invoke: api.invoke, stop };
}

function startEnvironment(
  { handler, folder, name, parameter, variables }: LocalFunction,
  api: string,
): ChildProcess {
  return spawn(process.execPath, ['--import', layer, runtime], {
    env: {
      ...withoutAws(process.env),
      AWS_LAMBDA_RUNTIME_API: api,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
      [parameterVariable]: parameter,
      [pollVariable]: String(layerPollMs),
      ...variables,
    },
    // The first one is a pipe, which closes when this process dies.
    stdio: ['pipe', 'ignore', process.env.CHAOS_SAMPLE_LOG === undefined ? 'ignore' : 'inherit'],
  });
}

/** Nothing of the user's own account, nor of how this process was started. */
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([key]) => !/^(AWS_|NODE_OPTIONS$|CHAOS_)/.test(key)),
  );
}

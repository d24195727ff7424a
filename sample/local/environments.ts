import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parameterVariable, pollVariable } from '#layer/parameter.ts';
import { type LocalProcess, startProcess } from './child-process.ts';
import { withOwnTmp } from './own-tmp.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

const layer = fileURLToPath(new URL('../../layer/hook.ts', import.meta.url));
const names = fileURLToPath(new URL('./localhost-names.mjs', import.meta.url));
const runtime = fileURLToPath(new URL('./aws-lambda-ric/index.mjs', import.meta.url));

/** So often an environment asks what is injected: a demonstration has no minute to wait. */
const layerPollMs = 200;
/** So long a fault may go unnoticed here: two such times. */
export const layerNoticesMs = 2 * layerPollMs;

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
  /** Whether each environment has a /tmp of its own. */
  readonly hasOwnTmp: boolean;
}

export interface RunningFunction extends Pick<RuntimeApi, 'invoke'> {
  stop(): Promise<void>;
}

/** Runs a function in processes of its own, each with the failure layer, as Lambda would. */
export async function runFunction(local: LocalFunction): Promise<RunningFunction> {
  const api = await startRuntimeApi();
  const started = Array.from({ length: local.environments }, () =>
    startProcess(['--import', names, '--import', layer, runtime], variablesOf(local, api.host), {
      within: local.hasOwnTmp ? withOwnTmp : [],
    }),
  );
  const stop = async () => {
    await Promise.all([...started.map(({ kill }) => kill()), api.close()]);
  };
  try {
    await Promise.race([api.ready(local.environments), ...started.map((one) => endsTooSoon(one, local))]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { invoke: api.invoke, stop };
}

/** Rejects once it ends; nobody listens any more when that is as it should be. */
async function endsTooSoon({ child }: LocalProcess, { name }: LocalFunction): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the process of ${name} ended with ${code} before it was ready`);
}

/** As Lambda sets them. */
function variablesOf({ name, handler, folder, parameter, variables }: LocalFunction, api: string) {
  return {
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    [parameterVariable]: parameter,
    [pollVariable]: String(layerPollMs),
    ...variables,
  };
}

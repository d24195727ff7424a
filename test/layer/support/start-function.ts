import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleLayer } from '#lib/bundle-layer.ts';
import { nodeOptions } from '#lib/failure-layer.ts';
import { node, ownClock, repository, startChild } from '../../support/child-process.ts';
import { type StubLambda, startStubLambda } from './stub-lambda.ts';
import { type Says, type StubParameterStore, startStubParameterStore } from './stub-parameter-store.ts';

/** Lambda's own runtime clients, as `.ci/build-ric` makes them: for Node 24, and for Node 20 and 22. */
export const runtimes = {
  nodejs24: join(repository, '.cache/ric/4/node_modules/aws-lambda-ric/index.mjs'),
  nodejs22: join(repository, '.cache/ric/3/aws-lambda-ric/index.mjs'),
};
export type RuntimeName = keyof typeof runtimes;

export function ricAvailable(): boolean {
  return existsSync(join(repository, '.cache/ric/made'));
}

/** Prints that tests were skipped because the runtime client is missing. Throws if `CHAOS_REQUIRE_RIC` requires them. */
export function sayWithoutRic(leftOut: string): void {
  if (process.env.CHAOS_REQUIRE_RIC !== undefined) {
    throw new Error(`CHAOS_REQUIRE_RIC is set and .cache/ric is missing (.ci/build-ric): ${leftOut}`);
  }
  process.stderr.write(`LEFT OUT: ${leftOut}: the runtime client is missing (.ci/build-ric)\n`);
}

export interface FunctionParts {
  readonly files: Readonly<Record<string, string>>;
  /** Default: `index.handler`. */
  readonly handler?: string;
  /** Default: Node 24's. */
  readonly runtime?: RuntimeName;
  /** What the parameter says at first. Default: nothing is injected. */
  readonly says?: Says | Promise<Says>;
  /** Default: the function has the layer. `missing`: it has only the variables. */
  readonly layer?: 'missing' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
  /** Before and after the layer in NODE_OPTIONS. */
  readonly options?: { readonly before?: string; readonly after?: string };
  /** Default: a clock that `advance` puts forward, and that costs time itself. */
  readonly time?: 'real';
  /** Comes before the command: `unshare`. */
  readonly command?: readonly string[];
}

/** A function in an execution environment of its own, under Lambda's runtime client. */
export interface RunningFunction extends AsyncDisposable {
  readonly lambda: StubLambda;
  readonly store: StubParameterStore;
  /** The folder of its code. */
  readonly folder: string;
  readonly pid: number;
  /** When its process was started, in ms. */
  readonly startedAt: number;
  /** Lets time pass for it. */
  advance(ms: number): Promise<void>;
  /** All that it has printed. */
  log(): string;
  /** Resolves when it has printed this, `times` times. */
  printed(text: string, times?: number): Promise<void>;
  /** Resolves when the process has ended, with its code. */
  readonly ended: Promise<number | null>;
}

/** The function's clock is ours: real time plus what a file says. */
const clock = `
import { readFileSync } from 'node:fs';
const now = Date.now;
Date.now = () => now() + Number(readFileSync(process.env.TEST_CLOCK, 'utf8'));
`;

export async function startFunction({
  files,
  handler = 'index.handler',
  runtime = 'nodejs24',
  says = { value: '{}' },
  layer,
  environment = {},
  options = {},
  time,
  command = [],
}: FunctionParts): Promise<RunningFunction> {
  await mkdir(join(repository, '.cache'), { recursive: true });
  // Not in /tmp, which some of them fill.
  const root = await mkdtemp(join(repository, '.cache', 'function-'));
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
    return join(root, name);
  };
  const [lambda, store] = await Promise.all([startStubLambda(), startStubParameterStore()]);
  store.says = says;
  const clockFile = await write('clock.txt', '0');
  const clockModule = await write('clock.mjs', clock);
  // Else the closest one is the repository's.
  const task = { 'package.json': '{}', ...files };
  await Promise.all(Object.entries(task).map(([name, content]) => write(join('task', name), content)));
  await mkdir(join(root, 'opt'));
  if (layer === undefined) bundleLayer(join(root, 'opt'));

  const hook = layer === 'none' ? '' : nodeOptions(join(root, 'opt'));
  const [executable = node, ...args] = [...command, node, runtimes[runtime]];
  const startedAt = performance.now();
  const child = startChild(executable, args, {
    cwd: join(root, 'task'),
    env: {
      ...ownClock(),
      PATH: process.env.PATH,
      TEST_CLOCK: clockFile,
      NODE_OPTIONS: [time ?? `--import=${clockModule}`, options.before, hook, options.after]
        .filter((option) => option && option !== 'real')
        .join(' '),
      CHAOS_FAILURE_PARAMETER: '/chaos/failures/victim',
      AWS_LAMBDA_RUNTIME_API: lambda.host,
      AWS_ENDPOINT_URL_SSM: store.url,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}.x`,
      LAMBDA_TASK_ROOT: join(root, 'task'),
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'victim',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/victim',
      AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      TZ: ':UTC',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let passed = 0;
  /** Whatever ends the process early: nobody will answer, and a test must not wait for it. */
  const orEnd = <Value>(answer: Promise<Value>): Promise<Value> =>
    Promise.race([
      answer,
      ended.then((code) => {
        throw new Error(`ended with ${code} before it answered:\n${log}`);
      }),
    ]);

  return {
    lambda: { ...lambda, invoke: (event, timeoutMs) => orEnd(lambda.invoke(event, timeoutMs)) },
    store,
    folder: join(root, 'task'),
    // Undefined if it could not be started, and then signals go nowhere.
    pid: child.pid ?? Number.NaN,
    startedAt,
    log: () => log,
    ended,
    printed: (text, times = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (log.split(text).length <= times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        ended.then(
          (code) => reject(new Error(`ended with ${code} before it printed ${text}:\n${log}`)),
          reject,
        );
        look();
      }),
    advance: async (ms) => {
      passed += ms;
      await writeFile(clockFile, String(passed));
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      await Promise.all([lambda[Symbol.asyncDispose](), store[Symbol.asyncDispose]()]);
      await rm(root, { recursive: true });
    },
  };
}

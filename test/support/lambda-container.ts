import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { AwsCredentialIdentity } from '@smithy/types';
import { node, ownClock, startChild } from './child-process.ts';
import { endOf, type Invocation, type Outcome } from './lambda-protocol.ts';
import type { MotoFunction } from './moto-function.ts';

const runner = fileURLToPath(new URL('./lambda-runner.ts', import.meta.url));

/** A warm container of a function: a process of its own that handles one event after another. Disposing of it kills it, once or twice. */
export interface LambdaContainer extends AsyncDisposable {
  /** The function's answer, parsed. Rejects with `FunctionError` for what the function threw. */
  invoke(event: unknown): Promise<unknown>;
  /** All that the function has printed. */
  log(): string;
}

/** What Lambda tells a caller when the function threw. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;

  constructor({ errorType, errorMessage }: { readonly errorType: string; readonly errorMessage: string }) {
    super(errorMessage);
    this.errorType = errorType;
  }
}

/**
 * Starts a container with the function's own code, handler and environment, and what Lambda adds to that.
 * `environment` is what only a test needs: the endpoint in the place of AWS, a certificate to trust.
 */
export async function startContainer(
  { configuration, files }: MotoFunction,
  parts: {
    readonly region: string;
    /** Of the function's role. */
    readonly credentials: AwsCredentialIdentity;
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<LambdaContainer> {
  const root = await mkdtemp(join(tmpdir(), 'chaos-task-'));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(root, name), content)));

  const { FunctionName = '', Handler = '', MemorySize = 0, Timeout = 0, Environment } = configuration;
  const child = startChild(node, [runner], {
    cwd: root,
    env: {
      ...ownClock(),
      ...Environment?.Variables,
      ...parts.environment,
      _HANDLER: Handler,
      LAMBDA_TASK_ROOT: root,
      AWS_REGION: parts.region,
      AWS_DEFAULT_REGION: parts.region,
      AWS_LAMBDA_FUNCTION_NAME: FunctionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${FunctionName}`,
      AWS_ACCESS_KEY_ID: parts.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: parts.credentials.secretAccessKey,
      AWS_SESSION_TOKEN: parts.credentials.sessionToken ?? '',
      TZ: ':UTC',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const streams = [child.stdout, child.stderr].flatMap((stream) =>
    stream === null ? [] : [printed(stream)],
  );
  const log = () => streams.map(({ text }) => text()).join('');

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await rm(root, { recursive: true, force: true });
  };
  try {
    await orEnd(child, log, once(child, 'message'));
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    invoke: async (event) => {
      const invocation: Invocation = { requestId: randomUUID(), event, timeoutMs: Timeout * 1000 };
      child.send(invocation);
      const [[outcome]]: [[Outcome], ...unknown[]] = await orEnd(
        child,
        log,
        Promise.all([
          once(child, 'message') as Promise<[Outcome]>,
          ...streams.map(({ until }) => until(endOf(invocation.requestId))),
        ]),
      );
      if ('error' in outcome) throw new FunctionError(outcome.error);
      return JSON.parse(outcome.payload);
    },
    log,
    [Symbol.asyncDispose]: stop,
  };
}

/** What a stream has carried. */
function printed(stream: Readable): { text(): string; until(mark: string): Promise<void> } {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    text: () => text,
    until: async (mark) => {
      while (!text.includes(mark)) await once(stream, 'data');
    },
  };
}

/** What the runner answers. Rejects when its process ends instead. */
async function orEnd<Value>(child: ChildProcess, log: () => string, answer: Promise<Value>): Promise<Value> {
  const answered = new AbortController();
  const ended = once(child, 'close', { signal: answered.signal }).then(([code]) => {
    throw new Error(`the function's process ended with code ${code}:\n${log()}`);
  });
  try {
    return await Promise.race([answer, ended]);
  } finally {
    answered.abort();
  }
}

import { afterEach, describe, expect, test } from 'vitest';
import { encodeFailures } from '#layer/failures.ts';
import {
  type FunctionParts,
  type RunningFunction,
  ricAvailable,
  sayWithoutRic,
  startFunction,
} from './support/start-function.ts';

type Flags = Omit<Parameters<typeof encodeFailures>[0], 'strike' | 'expiresAt'>;

const esm = 'export const handler = async (event) => ({ got: event });';
const commonjs = 'exports.handler = async (event) => ({ got: event });';
const minute = 60_000;
const hour = 60 * minute;

const isAvailable = ricAvailable();
if (!isAvailable) sayWithoutRic('the failure layer under the real runtime client');

const running: RunningFunction[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each[Symbol.asyncDispose]();
});

async function start(parts: FunctionParts): Promise<RunningFunction> {
  const started = await startFunction(parts);
  running.push(started);
  return started;
}

/** A parameter's value with an end that is an hour away. */
function injecting(flags: Flags, strike = 'strike-1'): { readonly value: string } {
  return {
    value: encodeFailures({ strike, expiresAt: new Date(Date.now() + hour).toISOString(), ...flags }),
  };
}

/** Starts a function into which this is injected from its first invocation on. */
async function struck(flags: Flags, parts: FunctionParts, times = 1): Promise<RunningFunction> {
  const started = await start({ ...parts, says: injecting(flags) });
  await started.printed('injects', times);
  return started;
}

/** How long after its event a function's answer began, in ms. */
async function timed(target: RunningFunction, event: unknown = {}) {
  const answer = await target.lambda.invoke(event);
  return { ...answer, ms: (answer.chunks[0]?.at ?? answer.endedAt) - answer.startedAt };
}

describe.skipIf(!isAvailable)('the failure layer under the runtime client', () => {
  const kinds = [
    { runtime: 'nodejs24', file: 'index.mjs', code: esm },
    { runtime: 'nodejs24', file: 'index.js', code: commonjs },
    { runtime: 'nodejs24', file: 'index.cjs', code: commonjs },
    { runtime: 'nodejs22', file: 'index.mjs', code: esm },
    { runtime: 'nodejs22', file: 'index.js', code: commonjs },
    {
      runtime: 'nodejs22',
      file: 'index.js',
      code: 'exports.handler = (event, context, callback) => { setImmediate(callback, null, { got: event }); };',
    },
    {
      runtime: 'nodejs22',
      file: 'index.js',
      code: 'exports.handler = (event, context) => { setImmediate(context.succeed, { got: event }); };',
    },
  ] as const;

  test.each(kinds)('$runtime, $file: injects latency, status and exception, and ends', async (kind) => {
    const { runtime, file, code } = kind;
    const victim = await struck(
      { latency: { enabled: true, min_latency: 300 } },
      { runtime, files: { [file]: code } },
    );
    const slow = await timed(victim, { a: 1 });
    expect(slow.ms).toBeGreaterThanOrEqual(299);
    expect(JSON.parse(slow.body)).toEqual({ got: { a: 1 } });

    const become = async (flags: Flags, strike: string) => {
      victim.store.says = injecting(flags, strike);
      await victim.advance(6_000);
      await victim.lambda.invoke({});
      await victim.printed(`"${strike}" injects`);
    };
    await become({ statuscode: { enabled: true, status_code: 503 } }, 'strike-2');
    const status = await victim.lambda.invoke({});
    expect(JSON.parse(status.body)).toMatchObject({
      statusCode: 503,
      body: '{"message":"Injected status code 503"}',
    });

    await become({ exception: { enabled: true, exception_msg: 'no luck' } }, 'strike-3');
    const failed = await victim.lambda.invoke({});
    expect(failed.kind).toBe('error');
    expect(JSON.parse(failed.body)).toMatchObject({ errorType: 'InjectedFailure', errorMessage: 'no luck' });

    // The parameter still says so, and nobody is there to undo it.
    await victim.advance(2 * hour);
    const after = await victim.lambda.invoke({ a: 2 });
    expect(JSON.parse(after.body)).toEqual({ got: { a: 2 } });
  });
});

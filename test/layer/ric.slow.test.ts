import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeFailures } from '#layer/failures.ts';
import { repository } from '../support/child-process.ts';
import { startHttpsServer } from '../support/https-server.ts';
import {
  type FunctionParts,
  type RunningFunction,
  ricAvailable,
  sayWithoutRic,
  startFunction,
} from './support/start-function.ts';
import type { Says } from './support/stub-parameter-store.ts';

type Flags = Omit<Parameters<typeof encodeFailures>[0], 'strike' | 'expiresAt'>;

const esm = 'export const handler = async (event) => ({ got: event });';
const commonjs = 'exports.handler = async (event) => ({ got: event });';
const minute = 60_000;
const hour = 60 * minute;

const isAvailable = ricAvailable();
if (!isAvailable) sayWithoutRic('the failure layer under the real runtime client');

/** Whether a process may have a /tmp of its own. */
const canMountTmp = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('LEFT OUT: the failure layer in a /tmp of 16 MB: no name space to mount it in\n');
    return false;
  }
})();

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

/** Lets the function into which something is injected read that something else is. */
async function become(target: RunningFunction, flags: Flags, strike: string): Promise<void> {
  target.store.says = injecting(flags, strike);
  await target.advance(6_000);
  await target.lambda.invoke({});
  await target.printed(`"${strike}" injects`);
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

    await become(victim, { statuscode: { enabled: true, status_code: 503 } }, 'strike-2');
    const status = await victim.lambda.invoke({});
    expect(JSON.parse(status.body)).toMatchObject({
      statusCode: 503,
      body: '{"message":"Injected status code 503"}',
    });

    await become(victim, { exception: { enabled: true, exception_msg: 'no luck' } }, 'strike-3');
    const failed = await victim.lambda.invoke({});
    expect(failed.kind).toBe('error');
    expect(JSON.parse(failed.body)).toMatchObject({ errorType: 'InjectedFailure', errorMessage: 'no luck' });

    // The parameter still says so, and nobody is there to undo it.
    await victim.advance(2 * hour);
    const after = await victim.lambda.invoke({ a: 2 });
    expect(JSON.parse(after.body)).toEqual({ got: { a: 2 } });
  });

  test('streams are unbroken, delayed, replaced and failed', async () => {
    const code = `
      const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      export const handler = awslambda.streamifyResponse(async (event, stream) => {
        for (const chunk of ['one', 'two', 'three']) {
          stream.write(chunk);
          await sleep(100);
        }
        stream.end();
      });`;
    for (const runtime of ['nodejs24', 'nodejs22'] as const) {
      const victim = await struck(
        { latency: { enabled: true, min_latency: 200 } },
        { runtime, files: { 'index.mjs': code } },
      );
      const slow = await timed(victim);
      expect(slow.ms).toBeGreaterThanOrEqual(199);
      // Each arrived by itself.
      expect(slow.chunks.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
      expect(slow.headers['lambda-runtime-function-response-mode']).toBe('streaming');

      await become(victim, { statuscode: { enabled: true, status_code: 503 } }, 'strike-2');
      const status = await victim.lambda.invoke({});
      expect(status.headers['content-type']).toBe('application/vnd.awslambda.http-integration-response');
      const [prelude = '', content] = status.body.split('\0'.repeat(8));
      expect(JSON.parse(prelude)).toEqual({
        statusCode: 503,
        headers: { 'Content-Type': 'application/json' },
      });
      expect(content).toBe('{"message":"Injected status code 503"}');

      await become(victim, { exception: { enabled: true } }, 'strike-3');
      const failed = await victim.lambda.invoke({});
      expect(failed.trailers['lambda-runtime-function-error-type']).toBe('InjectedFailure');

      await victim.advance(2 * hour);
      expect((await victim.lambda.invoke({})).body).toBe('onetwothree');
    }
  });

  test('a timeout waits for as long as the invocation has, less its buffer', async () => {
    const timeout = { enabled: true, timeout_buffer_ms: 500 };
    const victim = await struck({ timeout }, { files: { 'index.mjs': esm } });
    const answer = await victim.lambda.invoke({}, 2_000);
    // The event was on its way for a moment, and clocks have whole milliseconds.
    expect(answer.endedAt - answer.startedAt).toBeGreaterThanOrEqual(1_400);
  });

  test('what a stop ends in the middle of a wait goes on at once', async () => {
    const victim = await struck(
      { latency: { enabled: true, min_latency: 900_000 } },
      { files: { 'index.mjs': esm } },
    );
    const waiting = victim.lambda.invoke({ a: 1 });
    victim.store.says = { value: '{}' };
    await victim.advance(6_000);
    expect(JSON.parse((await waiting).body)).toEqual({ got: { a: 1 } });
  });

  test('concurrent invocations are delayed side by side, and threads share what one of them has read', async () => {
    const latency = { enabled: true, min_latency: 1_000 };
    const environment = { AWS_LAMBDA_MAX_CONCURRENCY: '8', AWS_LAMBDA_NODEJS_WORKER_COUNT: '2' };
    const victim = await struck({ latency }, { environment, files: { 'index.mjs': esm } }, 2);
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => timed(victim, index)));
    expect(answers.map(({ body }) => JSON.parse(body).got)).toEqual(
      Array.from({ length: 40 }, (_, index) => index),
    );
    expect(Math.min(...answers.map(({ ms }) => ms))).toBeGreaterThanOrEqual(999);
    // One after another they would take 40 seconds, on a machine of any speed.
    expect(performance.now() - began).toBeLessThan(30_000);

    victim.store.says = injecting({ exception: { enabled: true } }, 'strike-2');
    await victim.advance(6_000);
    await victim.printed('"strike-2" injects', 2);
    const failed = await Promise.all(Array.from({ length: 8 }, () => victim.lambda.invoke({})));
    expect(failed.map(({ kind }) => kind)).toEqual(Array(8).fill('error'));
    await victim.advance(2 * hour);
    const after = await Promise.all(Array.from({ length: 8 }, () => victim.lambda.invoke({})));
    expect(after.map(({ kind }) => kind)).toEqual(Array(8).fill('response'));
  });

  test.each([
    ['is garbage', { value: 'latency: yes' }],
    ['is empty JSON', { value: '{}' }],
    ['has no end', { value: '{"strike":"a","exception":{"enabled":true}}' }],
    [
      'has ended',
      { value: '{"strike":"a","expiresAt":"2020-01-01T00:00:00Z","exception":{"enabled":true}}' },
    ],
    ['is not there', { error: 'ParameterNotFound' }],
    ['is throttled', { error: 'ThrottlingException' }],
    ['may not be read', { error: 'AccessDeniedException' }],
    ['is a page of HTML', { text: '<html>sign in</html>', status: 200 }],
  ] as const)('a parameter that %s injects nothing', async (_what, says) => {
    const victim = await start({ files: { 'index.mjs': esm }, says });
    const answered = victim.store.answered();
    await victim.lambda.invoke({});
    await answered;
    for (let count = 0; count < 3; count += 1) {
      expect(JSON.parse((await victim.lambda.invoke({ count })).body)).toEqual({ got: { count } });
    }
    expect(victim.store.asked).toEqual(['/chaos/failures/victim']);
  });

  test('a throttled read neither ends what is active nor keeps it beyond its end', async () => {
    const victim = await struck({ exception: { enabled: true } }, { files: { 'index.mjs': esm } });
    victim.store.says = { error: 'ThrottlingException' };
    await victim.advance(6_000);
    await victim.lambda.invoke({});
    await victim.printed('could not be read: ThrottlingException');
    expect((await victim.lambda.invoke({})).kind).toBe('error');
    await victim.advance(2 * hour);
    expect((await victim.lambda.invoke({})).kind).toBe('response');
  });

  test('an environment that is frozen while it reads finds the answer when it wakes up', async () => {
    const answer = Promise.withResolvers<Says>();
    const victim = await start({ files: { 'index.mjs': esm }, says: answer.promise });
    if (victim.store.asked.length === 0) await victim.store.question();
    await victim.lambda.ready;
    process.kill(victim.pid, 'SIGSTOP');
    answer.resolve(injecting({ exception: { enabled: true } }));
    // Past the moment when it would have given up, and by its own clock much later.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await victim.advance(minute);
    process.kill(victim.pid, 'SIGCONT');
    await victim.printed('injects exception');
    expect((await victim.lambda.invoke({})).kind).toBe('error');
    expect(victim.store.asked).toHaveLength(1);
  });

  test('a layer that is missing is passed over', async () => {
    const victim = await start({
      files: { 'index.mjs': esm },
      layer: 'missing',
      says: injecting({ exception: { enabled: true } }),
    });
    expect(JSON.parse((await victim.lambda.invoke({ a: 1 })).body)).toEqual({ got: { a: 1 } });
    expect(victim.store.asked).toEqual([]);
  });

  const broken = {
    'throws a TypeError': 'export const handler = async () => { null.a; };',
    'throws a string': "export const handler = async () => { throw 'text'; };",
    'throws before it returns a promise': "export const handler = () => { throw new RangeError('own'); };",
    'rejects with an error of its own': `class Own extends Error { name = 'Own'; code = 7 }
      export const handler = async () => { throw new Own('own'); };`,
  };
  test.each(Object.entries(broken))(
    'the error of a handler that %s is as without the layer',
    async (_what, code) => {
      for (const runtime of ['nodejs24', 'nodejs22'] as const) {
        const files = { 'index.mjs': code };
        const bare = await start({ runtime, files, layer: 'none' });
        const idle = await start({ runtime, files });
        const active = await struck({ latency: { enabled: true, min_latency: 1 } }, { runtime, files });
        const [expected, ...others] = await Promise.all(
          [bare, idle, active].map(async (each) => {
            const { kind, body } = await each.lambda.invoke({});
            const { errorType, errorMessage, trace } = JSON.parse(body.replaceAll(each.folder, ''));
            return { kind, errorType, errorMessage, trace: trace.slice(0, 2) };
          }),
        );
        expect(expected?.kind).toBe('error');
        expect(others).toEqual([expected, expected]);
      }
    },
  );

  const unloadable = {
    'a module that is missing': [{}, 'index.handler'],
    'an export that is missing': [{ 'index.mjs': 'export const other = 1;' }, 'index.handler'],
    'an export that is no function': [{ 'index.mjs': 'export const handler = 1;' }, 'index.handler'],
    'a mistake in its syntax': [{ 'index.mjs': 'export const handler = (' }, 'index.handler'],
    'a module that throws': [{ 'index.mjs': "throw new RangeError('own');" }, 'index.handler'],
    'a dependency that is missing': [{ 'index.cjs': "require('no-such');" }, 'index.handler'],
    'a name without a dot': [{ 'index.mjs': esm }, 'index'],
    'a name that leads out': [{ 'index.mjs': esm }, '../index.handler'],
    'three arguments': [
      { 'index.mjs': 'export const handler = (event, context, callback) => {};' },
      'index.handler',
    ],
  } as const;
  test.each(Object.entries(unloadable))(
    'a function with %s fails as without the layer',
    async (_what, parts) => {
      const [files, handler] = parts;
      for (const runtime of ['nodejs24', 'nodejs22'] as const) {
        const [bare, layered] = await Promise.all(
          (['none', undefined] as const).map(async (layer) => {
            const each = await start({ runtime, files, handler, ...(layer && { layer }) });
            const first = await Promise.race([
              each.lambda.initError,
              each.lambda.ready.then(() => ({ errorType: 'starts', errorMessage: '' })),
              each.ended.then(() => ({ errorType: 'ends', errorMessage: '' })),
            ]);
            const { errorType, errorMessage } = first;
            // What required it is another file, and that is all that differs.
            const [message] = errorMessage.replaceAll(each.folder, '').split('\nRequire stack');
            return { errorType, message };
          }),
        );
        expect(layered).toEqual(bare);
      }
    },
  );

  const places = [
    ['src/app.handlers.get', { 'src/app.mjs': 'export const handlers = { get: async () => 1 };' }],
    ['app.handler', { 'app.mjs': 'export default { handler: async () => 1 };' }, 'nodejs24'],
    ['app.handler', { 'app.cjs': 'module.exports = { handler: async () => 1 };' }],
    [
      'app.handler',
      { 'package.json': '{"type":"module"}', 'app.js': 'export const handler = async () => 1;' },
    ],
    ['app.handler', { 'node_modules/app/index.js': 'exports.handler = async () => 1;' }],
  ] as const;
  test.each(places)('%s is found where the runtime would find it, in %j', async (handler, files, only?) => {
    for (const runtime of only === undefined ? (['nodejs24', 'nodejs22'] as const) : [only]) {
      const victim = await struck(
        { latency: { enabled: true, min_latency: 1 } },
        { runtime, handler, files },
      );
      expect((await victim.lambda.invoke({})).body).toBe('1');
    }
  });

  test('the function sees its own handler, and what it starts is left alone', async () => {
    const code = `
      import { execFileSync } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      const script = 'process.stdout.write(String(Symbol.for("chaos-failure-layer") in globalThis))';
      export const handler = async () => ({
        handler: process.env._HANDLER,
        child: execFileSync(process.execPath, ['-e', script]).toString(),
        thread: await new Promise((resolve) => new Worker(
          'require("node:worker_threads").parentPort.postMessage(Symbol.for("chaos-failure-layer") in globalThis)',
          { eval: true },
        ).on('message', resolve)),
      });`;
    const victim = await start({ files: { 'index.mjs': code } });
    expect(JSON.parse((await victim.lambda.invoke({})).body)).toEqual({
      handler: 'index.handler',
      child: 'false',
      thread: false,
    });
  });

  test('denied hosts are not found, on warm connections and cold ones, and are found again', async () => {
    await using upstream = await startHttpsServer(() => 200);
    const { port } = new URL(upstream.origin);
    const code = `
      import https from 'node:https';
      const agent = new https.Agent({ keepAlive: true });
      const get = (agent) => new Promise((resolve) => {
        const request = https.get({ host: 'localhost', port: ${port}, agent, servername: '', rejectUnauthorized: false }, (response) =>
          response.resume().on('close', () => setImmediate(resolve, request.reusedSocket ? 'warm' : 'cold')));
        request.on('error', (error) => resolve(error.code));
      });
      export const handler = async () => [await get(agent), await get(false)];`;
    const victim = await start({ files: { 'index.mjs': code } });
    const ask = async () => JSON.parse((await victim.lambda.invoke({})).body);
    await ask();
    expect(await ask()).toEqual(['warm', 'cold']);
    victim.store.says = injecting({ denylist: { enabled: true, deny_list: ['^localhost$'] } });
    await victim.advance(minute + 10_000);
    await ask();
    await victim.printed('injects denylist');
    expect(await ask()).toEqual(['ENOTFOUND', 'ENOTFOUND']);
    await victim.advance(2 * hour);
    await ask();
    expect(await ask()).toEqual(['warm', 'cold']);
  });
});

describe.skipIf(!isAvailable || !canMountTmp)('the failure layer in a /tmp of 16 MB', () => {
  const command = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=16m tmpfs /tmp && exec "$@"', 'sh'];
  const code = `
    import { readdirSync, rmSync, writeFileSync } from 'node:fs';
    export const handler = async () => {
      try {
        writeFileSync('/tmp/own', Buffer.alloc(4 * 1024 * 1024));
        return 'written';
      } catch (error) {
        return error.code;
      } finally {
        rmSync('/tmp/own', { force: true });
      }
    };`;

  test.each([1, 2])(
    'with %d threads that is full, and free again at the first invocation after the end',
    async (threads) => {
      const environment =
        threads === 1
          ? {}
          : { AWS_LAMBDA_MAX_CONCURRENCY: '2', AWS_LAMBDA_NODEJS_WORKER_COUNT: String(threads) };
      const victim = await struck(
        { diskspace: { enabled: true, disk_space: 512 } },
        { command, environment, files: { 'index.mjs': code } },
        threads,
      );
      const ask = async () => JSON.parse((await victim.lambda.invoke({})).body);
      // It is filled in the background.
      await expect.poll(ask, { timeout: 5 * minute }).toBe('ENOSPC');
      await victim.advance(2 * hour);
      await expect.poll(ask, { timeout: 5 * minute }).toBe('written');
      if (threads === 1) expect(await ask()).toBe('written');
    },
  );
});

describe.skipIf(!isAvailable)('the failure layer beside OpenTelemetry', () => {
  const folder = join(repository, '.cache/ric/otel');
  const tracing = fileURLToPath(new URL('support/tracing.mjs', import.meta.url));
  const user =
    "const util = require('node:util');\nexports.handler = async (event) => ({ got: event, util: typeof util });";

  test.each([
    ['nodejs24', 'index.mjs', esm],
    ['nodejs24', 'index.js', user],
    ['nodejs22', 'index.mjs', esm],
    ['nodejs22', 'index.js', user],
  ] as const)('%s, %s: each invocation is traced, whichever comes first', async (runtime, file, code) => {
    for (const order of ['before', 'after'] as const) {
      const victim = await struck(
        { latency: { enabled: true, min_latency: 10 } },
        {
          runtime,
          files: { [file]: code },
          options: { [order]: `--import=${tracing}` },
          environment: { OTEL_FOLDER: folder },
        },
      );
      expect(JSON.parse((await victim.lambda.invoke({ a: 1 })).body).got).toEqual({ a: 1 });
      await victim.printed('SPAN victim');
      await become(victim, { exception: { enabled: true } }, 'strike-2');
      expect((await victim.lambda.invoke({})).kind).toBe('error');
    }
  });
});

import { expect, test } from 'vitest';
import { startHttpsServer } from '../support/https-server.ts';
import {
  become,
  commonjs,
  describeUnderRic,
  esm,
  hour,
  injecting,
  minute,
  start,
  struck,
  timed,
} from './support/strike-function.ts';
import type { Says } from './support/stub-parameter-store.ts';

describeUnderRic('what the failure layer injects under the runtime client', () => {
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

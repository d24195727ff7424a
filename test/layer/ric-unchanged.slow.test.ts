import { expect, test } from 'vitest';
import { describeUnderRic, esm, start, struck } from './support/strike-function.ts';

describeUnderRic('a function with the failure layer is as without it', () => {
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
});

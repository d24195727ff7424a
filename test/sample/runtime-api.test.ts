import { afterEach, expect, test } from 'vitest';
import { type RuntimeApi, startRuntimeApi } from '#sample/local/runtime-api.ts';

let api: RuntimeApi | undefined;
afterEach(async () => api?.close());

/** An environment that asks for one event and answers it. */
async function environment(
  { host }: RuntimeApi,
  kind: 'response' | 'error',
  answer: unknown,
): Promise<unknown> {
  const runtime = `http://${host}/2018-06-01/runtime`;
  const next = await fetch(`${runtime}/invocation/next`);
  const event = await next.json();
  const id = next.headers.get('lambda-runtime-aws-request-id');
  await fetch(`${runtime}/invocation/${id}/${kind}`, { method: 'POST', body: JSON.stringify(answer) });
  return event;
}

test('hands events to environments, and their answers back', async () => {
  api = await startRuntimeApi();
  const early = api.invoke({ number: 1 }, 60_000);
  expect(await environment(api, 'response', 'one')).toEqual({ number: 1 });
  expect(await early).toBe('one');

  const waiting = environment(api, 'error', { errorType: 'TypeError', errorMessage: 'no' });
  await api.ready(1);
  await expect(api.invoke({ number: 2 }, 60_000)).rejects.toMatchObject({ name: 'TypeError', message: 'no' });
  expect(await waiting).toEqual({ number: 2 });
});

test('gives up what takes too long', async () => {
  api = await startRuntimeApi();
  const stuck = fetch(`http://${api.host}/2018-06-01/runtime/invocation/next`);
  await expect(api.invoke({}, 10)).rejects.toThrow('Task timed out after 0.01 seconds');
  await (await stuck).text();
});

test('is never ready where an environment fails to start', async () => {
  api = await startRuntimeApi();
  const ready = expect(api.ready(1)).rejects.toMatchObject({ name: 'SyntaxError' });
  const failure = JSON.stringify({ errorType: 'SyntaxError', errorMessage: 'oops' });
  await fetch(`http://${api.host}/2018-06-01/runtime/init/error`, { method: 'POST', body: failure });
  await ready;
});

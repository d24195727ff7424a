import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aServer } from '../../support/a-server.ts';

type Server = Awaited<ReturnType<typeof aServer>>;
let server: Server;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server.close());

async function invoke(
  body: string | undefined,
  headers: Record<string, string> = {},
  name = 'chaos_monkey',
): Promise<{ status: number; headers: Headers; text: string }> {
  const answer = await fetch(`${server.url}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    headers,
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('invokeApi', () => {
  test('answers with the report, leashed unless told otherwise', async () => {
    const { status, headers, text } = await invoke(undefined);
    expect(status).toBe(200);
    expect(headers.get('x-amz-executed-version')).toBe('$LATEST');
    expect(headers.get('x-amz-function-error')).toBeNull();
    expect(JSON.parse(text)).toMatchObject({ trigger: 'invoke', mode: 'leashed', outcome: 'done' });
  });

  test('strikes when told to', async () => {
    const { text } = await invoke('{"dryRun":false,"groups":["checkout"]}');
    expect(JSON.parse(text)).toMatchObject({ mode: 'live', counts: { succeeded: 1 } });
    expect(server.told.at(-1)).toMatch(/^invoke: Chaos monkey struck 1 target/);
  });

  test('answers a request that is not valid as Lambda answers what a function throws', async () => {
    const { status, headers, text } = await invoke('{"dryRun":"perhaps"}');
    expect(status).toBe(200);
    expect(headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(JSON.parse(text)).toEqual({
      errorType: 'InvalidInput',
      errorMessage: 'run request is not valid:\n  dryRun: expected true or false, found "perhaps"',
      trace: expect.arrayContaining([expect.stringMatching(/^InvalidInput: run request is not valid:/)]),
    });
  });

  test.each([
    '111111111111:function:chaos_monkey',
    'arn:aws:lambda:eu-west-1:111111111111:function:chaos_monkey',
  ])('is known as %s', async (name) => {
    const { status } = await invoke('{}', {}, encodeURIComponent(name));
    expect(status).toBe(200);
  });

  test.each([
    'chaos_donkey',
    encodeURIComponent('arn:aws:lambda:eu-west-1:222222222222:function:chaos_monkey'),
    'chaos_monkey:live',
    '%E0%A4%A',
    encodeURIComponent('arn:aws:lambda:us-east-1:111111111111:function:chaos_monkey'),
  ])('does not know the name %s', async (name) => {
    const { status, headers, text } = await invoke('{}', {}, name);
    expect(status).toBe(404);
    expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
    expect(JSON.parse(text)).toMatchObject({
      Type: 'User',
      message: expect.stringMatching(/^Function not found: /),
    });
  });

  test.each([
    ['eu-west-1', 200],
    ['us-east-1', 404],
  ])('is in the master’s region alone: signed for %s it answers %i', async (region, expected) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20261123/${region}/lambda/aws4_request, Signature=0`;
    const { status, headers } = await invoke('{}', { authorization });
    expect(status).toBe(expected);
    if (expected === 404) expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException');
  });

  test('knows no other version, however it is requested', async () => {
    const answer = await fetch(`${server.url}/2015-03-31/functions/chaos_monkey/invocations?Qualifier=7`, {
      method: 'POST',
    });
    expect(answer.status).toBe(404);
  });

  test.each([
    ['x-amz-invocation-type', 'Event'],
    ['x-amz-invocation-type', 'DryRun'],
    ['x-amz-log-type', 'Tail'],
  ])('makes no run for what is not implemented: %s %s', async (header, value) => {
    const before = server.told.length;
    const { status, headers, text } = await invoke('{"dryRun":false}', { [header]: value });
    expect(status).toBe(400);
    expect(headers.get('x-amzn-errortype')).toBe('NotImplemented');
    expect(JSON.parse(text).message).toBe(`npm run serve does not implement ${header} ${value} of Invoke`);
    expect(server.told).toHaveLength(before);
  });

  test('refuses what is not JSON', async () => {
    const { status, headers, text } = await invoke('{"dryRun":');
    expect(status).toBe(400);
    expect(headers.get('x-amzn-errortype')).toBe('InvalidRequestContentException');
    expect(JSON.parse(text).message).toMatch(/^Could not parse request body into json: /);
  });

  test('takes 6 MB and no more', async () => {
    const [head, tail] = ['{"groups":["x"]', '}'];
    const full = `${head.padEnd(6 * 1024 * 1024 - tail.length)}${tail}`;
    expect(JSON.parse((await invoke(full)).text)).toMatchObject({ groupsNotFound: ['x'] });
    const { status, headers } = await invoke(`${full} `);
    expect(status).toBe(413);
    expect(headers.get('x-amzn-errortype')).toBe('RequestTooLargeException');
  });
});

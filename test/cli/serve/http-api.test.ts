import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpApi } from '#cli/serve/http-api.ts';
import { aServer } from '../../support/a-server.ts';

let server: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server.close());

const post = (body: string, contentType = 'application/json', path = '/runs') =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': contentType }, body });

describe('httpApi', () => {
  test('answers POST /runs with the report', async () => {
    const answer = await post('{"dryRun":false,"groups":["checkout"]}');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toMatchObject({ trigger: 'api', mode: 'live', counts: { succeeded: 1 } });
  });

  test('takes no body for an empty request', async () => {
    const answer = await fetch(`${server.url}/runs`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ trigger: 'api', mode: 'leashed' });
  });

  test("accepts curl's own content type", async () => {
    const answer = await post('{"groups":["checkout"]}', 'application/x-www-form-urlencoded');
    expect(await answer.json()).toMatchObject({ trigger: 'api', counts: { groups: 1 } });
  });

  test('answers a request that is not valid with 400 and the mistakes', async () => {
    const answer = await post('{"groups":[7]}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      mistakes: [{ path: 'groups[0]', expected: 'expected the name or the key of a group', found: '7' }],
    });
  });

  test('answers with 500 and no more when the function fails', async () => {
    const request = {
      method: 'POST',
      path: '/runs',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(''),
    };
    const failing = async () => ({ error: new Error('a secret') });
    const answer = await httpApi(request, failing);
    expect(answer?.status).toBe(500);
    expect(await answer?.text()).toBe('{"message":"Internal Server Error"}');
  });

  test('takes 6 MB and no more', async () => {
    expect((await post('{}'.padEnd(6 * 1024 * 1024 + 1))).status).toBe(413);
  });

  test('knows no other method and no other path', async () => {
    expect((await fetch(`${server.url}/runs`)).status).toBe(404);
    expect((await post('{}', 'application/json', '/run')).status).toBe(404);
  });
});

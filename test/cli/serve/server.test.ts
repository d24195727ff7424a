import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { isLocal } from '#cli/serve/local-only.ts';
import { startServer } from '#cli/serve/server.ts';
import { aServer } from '../../support/a-server.ts';

/** `fetch` sets these headers itself. */
function statusWith(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/runs`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject).end();
  });
}

describe('isLocal', () => {
  test.each(['127.0.0.1', '127.0.0.1:4577', 'localhost:4577', 'LOCALHOST'])('lets the host %s in', (host) => {
    expect(isLocal({ host })).toBe(true);
  });

  test.each([
    'evil.example',
    '127.0.0.1.evil.example:4577',
    'localhost.evil.example',
    'evil.example:127.0.0.1',
    '',
  ])('keeps the host "%s" out', (host) => {
    expect(isLocal({ host })).toBe(false);
  });

  test.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://evil.example/127.0.0.1',
    'http://localhost:3000',
    'http://localhost',
    'http://127.0.0.1:4577',
    'https://localhost:4577',
    'chrome-extension://localhost:4577',
    'file://',
    '',
  ])('keeps pages of "%s" out', (origin) => {
    expect(isLocal({ host: 'localhost:4577', origin })).toBe(false);
  });

  test.each([
    ['localhost:4577', 'http://localhost:4577'],
    ['127.0.0.1', 'http://127.0.0.1'],
  ])('lets pages of its own in: %s', (host, origin) => {
    expect(isLocal({ host, origin })).toBe(true);
  });
});

describe('startServer', () => {
  test('runs nothing for a request that was not meant for this machine', async () => {
    const server = await aServer();
    expect(await statusWith(server.url, { host: 'evil.example' })).toBe(403);
    expect(await statusWith(server.url, { origin: 'https://evil.example' })).toBe(403);
    expect(server.told).toEqual([]);
    expect(await statusWith(server.url, {})).toBe(200);
    expect(server.told).toHaveLength(1);
    await server.close();
  });

  test('finishes accepted requests before it closes, and accepts no more', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const server = await startServer({
      port: 0,
      stack: { master: { account: '111111111111', region: 'eu-west-1' }, outputs: {} },
      transport: async () => ({}),
      invoke: async () => {
        begun();
        await held;
        return { answer: { statusCode: 200, headers: {}, body: 'done' } };
      },
    });
    const answer = fetch(`${server.url}/runs`, { method: 'POST' });
    await hasBegun;
    const closed = server.close();
    await expect(fetch(`${server.url}/runs`, { method: 'POST' })).rejects.toThrow();
    letGo();
    expect(await (await answer).text()).toBe('done');
    await closed;
  });
});

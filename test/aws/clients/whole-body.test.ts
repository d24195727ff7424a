import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { wholeBody } from '#aws/clients/whole-body.ts';
import { instantClock } from '../../support/instant-clock.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('wholeBody', () => {
  test('returns the whole body', async () => {
    const body = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
    expect(Buffer.from(await wholeBody(body, 10_000)).toString()).toBe('abc');
    expect(await wholeBody(undefined, 10_000)).toEqual(new Uint8Array());
  });

  test.each([
    ['never comes', []],
    ['stops half-way', [Buffer.from('{"Item"')]],
  ])('gives up a body that %s, and closes it', async (_, parts) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const body = new Readable({ read: () => {} });
    for (const part of parts) body.push(part);
    const failed = expect(wholeBody(body, 10_000)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'the body of the response was not there 10 s after the headers',
    });
    vi.advanceTimersByTime(10_000);
    await failed;
    expect(body.destroyed).toBe(true);
  });

  test('gives up a body that has no end', async () => {
    const part = Buffer.alloc(8 * 1_024 * 1_024);
    const body = new Readable({
      read() {
        this.push(part);
      },
    });
    await expect(wholeBody(body, 60_000)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(body.destroyed).toBe(true);
  });

  test.each(['not at all', 'in drips'])(
    'is asked for again where it comes %s after the headers',
    async (how) => {
      let requests = 0;
      const drips: NodeJS.Timeout[] = [];
      const server = createServer((request, response) => {
        requests += 1;
        request.resume();
        response.writeHead(200, { 'content-length': '1000000' }).flushHeaders();
        response.write('{');
        if (how === 'in drips') drips.push(setInterval(() => response.write(' '), 1));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const clients = makeClients({ clock: instantClock(), concurrency: 1, bodyTimeoutMs: 50 });
      const client = clients(DynamoDBClient, {
        region: 'eu-west-1',
        credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
      });
      try {
        const command = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'control' } } });
        await expect(client.send(command)).rejects.toMatchObject({ name: 'TimeoutError' });
        expect(requests).toBe(3);
      } finally {
        for (const drip of drips) clearInterval(drip);
        server.closeAllConnections();
        server.close();
      }
    },
  );
});

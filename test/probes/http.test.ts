import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#aws/clients/clock.ts';
import type { ProbeMeans, Prober } from '#core/ports/probe.ts';
import { parse } from '#core/util/parse.ts';
import { http } from '#probes/http.ts';
import { probeMeans } from '../support/a-probe.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listening(server: Server) {
  const sockets = new Set<Socket>();
  const seen = { connections: 0 };
  server.on('connection', (socket) => {
    seen.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port, sockets, seen };
}

/** Closes no connection by itself. */
const httpServer = (answer: RequestListener) => listening(createServer({ keepAliveTimeout: 0 }, answer));

async function closed(socket: Socket | undefined): Promise<void> {
  return new Promise((resolve) => socket?.once('close', () => resolve()));
}

const laptop = { hosts: [], loopback: true };
const never = new AbortController().signal;

async function open(parameters: object, means: Partial<ProbeMeans> = {}): Promise<Prober> {
  const parsed = parse(http.parameters, parameters, 'the probe');
  const prober = await http.open(parsed, probeMeans(systemClock, { allowed: laptop, ...means }));
  closing.push(() => prober.close());
  return prober;
}

async function measured(parameters: object, means: Partial<ProbeMeans> = {}) {
  return (await open(parameters, means)).measure(0, never);
}

/** Shows these moments, one after the other. */
function stopwatch(...moments: readonly number[]) {
  const left = [...moments];
  return () => left.shift() ?? 0;
}

describe('an http probe', () => {
  test('sends what its parameters say, with secrets in it, and says who it is', async () => {
    const received: { request: IncomingMessage; body: string }[] = [];
    const { url } = await httpServer(async (request, response) => {
      received.push({ request, body: await text(request) });
      response.end();
    });
    const secrets = new Map([
      ['/chaos-monkey/probes/shop', 'Bearer hidden'],
      ['/chaos-monkey/probes/order', '{"card":"hidden"}'],
    ]);
    const parameters = {
      url: `${url}orders?dry=1`,
      method: 'POST',
      headers: { Authorization: { secret: '/chaos-monkey/probes/shop' }, Accept: 'application/json' },
      body: { secret: '/chaos-monkey/probes/order' },
    };
    const secret = async (name: string) => secrets.get(name) ?? '';
    expect(await measured(parameters, { secret })).toMatchObject({ is: 'good' });
    const [{ request, body } = { request: undefined, body: '' }] = received;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/orders?dry=1',
      headers: {
        authorization: 'Bearer hidden',
        accept: 'application/json',
        'user-agent': expect.stringMatching(/^chaos-monkey\/\d/),
      },
    });
    expect(body).toBe('{"card":"hidden"}');
  });

  test.each([
    [200, '2xx', 'good'],
    [204, undefined, 'good'],
    [503, '2xx', 'bad'],
    [503, [200, 503], 'good'],
    [404, ['2xx', '4xx'], 'good'],
    [500, 200, 'bad'],
  ] as const)('status %s where %s is expected: %s', async (status, wanted, is) => {
    const { url } = await httpServer((_, response) => response.writeHead(status).end());
    const expected = wanted === undefined ? {} : { expect: { status: wanted } };
    const found = await measured({ url, ...expected });
    expect(found).toMatchObject({ is, ...(is === 'bad' && { detail: `status ${status}` }) });
    expect(found.value).toBeGreaterThanOrEqual(0);
  });

  test('does not follow a redirect: its status is what counts', async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await httpServer((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await measured({ url })).toMatchObject({ is: 'bad', detail: 'status 302' });
    expect(await measured({ url, expect: { status: '3xx' } })).toMatchObject({ is: 'good' });
    expect(asked).toEqual(['/', '/']);
  });

  test('times from the start until the end of the body', async () => {
    const { url } = await httpServer((_, response) => response.end('whole'));
    const within = (ms: number) =>
      measured({ url, expect: { latency: '800ms' } }, { stopwatch: stopwatch(1_000, 1_000 + ms) });
    expect(await within(800)).toEqual({ is: 'good', value: 800 });
    expect(await within(912.34)).toEqual({ is: 'bad', value: 912.3, detail: 'took 912 ms' });
    const slow = await httpServer((_, response) => {
      response.write('begun');
      setTimeout(() => response.end('done'), 40);
    });
    const { value = 0, is } = await measured({ url: slow.url, expect: { latency: '1ms' } });
    expect(is).toBe('bad');
    expect(value).toBeGreaterThan(30);
  });

  test('looks into the body, and shows none of its text', async () => {
    const { url } = await httpServer((_, response) =>
      response.end(JSON.stringify({ images: [1, 2], user: 'hidden' })),
    );
    const found = (wanted: object) => measured({ url, expect: wanted });
    expect(await found({ jsonPath: { '$.images.length': { min: 1 } } })).toMatchObject({ is: 'good' });
    expect(await found({ jsonPath: { '$.images.length': { min: 3 } } })).toMatchObject({
      is: 'bad',
      detail: '$.images.length is 2',
    });
    const [other, unmatched] = [
      await found({ jsonPath: { '$.user': 'alice' } }),
      await found({ body: { matches: 'alice' } }),
    ];
    expect(other.detail).toBe('$.user is another text');
    expect(unmatched.detail).toBe('the body does not match');
  });
});

describe('connections', () => {
  test('are kept from sample to sample, unless each is to be fresh', async () => {
    const { url, seen } = await httpServer((_, response) => response.end('x'));
    const kept = await open({ url });
    for (const _ of 'abc') await kept.measure(0, never);
    expect(seen.connections).toBe(1);
    const fresh = await open({ url, connection: 'fresh' });
    for (const _ of 'abc') await fresh.measure(0, never);
    expect(seen.connections).toBe(4);
  });

  test('are gone when the probe is closed', async () => {
    const { url, sockets } = await httpServer((_, response) => response.end('x'));
    const prober = await open({ url });
    await prober.measure(0, never);
    const [socket] = sockets;
    const ended = closed(socket);
    await prober.close();
    await ended;
    expect(sockets.size).toBe(0);
  });

  /** Drops one request in eleven, by a reset or a mere end in turn, on whatever connection it comes. */
  const crashing = () => {
    let asked = 0;
    return httpServer(({ socket }, response) => {
      asked += 1;
      if (asked % 11 !== 0) return void response.end('x');
      if (asked % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    });
  };

  test.each(
    ['GET', 'POST'].flatMap((method) => ['kept', 'fresh'].map((connection) => ({ method, connection }))),
  )(
    'a server that drops one request in eleven is as often bad ($method, $connection)',
    async ({ method, connection }) => {
      const { url } = await crashing();
      const prober = await open({ url, method, connection });
      const found: Record<string, number> = {};
      for (let sample = 0; sample < 220; sample += 4) {
        for (const { is } of await Promise.all([...'abcd'].map(() => prober.measure(0, never)))) {
          found[is] = (found[is] ?? 0) + 1;
        }
      }
      expect(found).toEqual({ good: 200, bad: 20 });
    },
  );

  test('one that was idle for long is not used again: its server may be about to close it', async () => {
    const served = new WeakSet<Socket>();
    // What it looks like if an idle connection is closed just as a request comes.
    const { url, sockets, seen } = await httpServer(({ socket }, response) => {
      // Says nothing of how long it keeps connections.
      response.setHeader('connection', 'keep-alive');
      if (served.has(socket)) return void socket.resetAndDestroy();
      served.add(socket);
      response.end('x');
    });
    const probers = await Promise.all(['GET', 'POST'].map((method) => open({ url, method })));
    for (const connections of [2, 4]) {
      await Promise.all([...sockets].map(closed));
      for (const prober of probers) expect(await prober.measure(0, never)).toMatchObject({ is: 'good' });
      expect(seen.connections).toBe(connections);
    }
  });

  test('one on which an answer is awaited stays open, however long that takes', async () => {
    const { url } = await httpServer((_, response) => {
      setTimeout(() => response.end('x'), 1_700);
    });
    expect(await measured({ url })).toMatchObject({ is: 'good' });
  });

  test('one that breaks off in the midst of an answer is bad', async () => {
    let asked = 0;
    const { url } = await httpServer((request, response) => {
      asked += 1;
      if (asked !== 2) return void response.end('x');
      response
        .writeHead(200, { 'content-length': 100 })
        .write('half', () => request.socket.resetAndDestroy());
    });
    const prober = await open({ url });
    await prober.measure(0, never);
    expect(await prober.measure(0, never)).toEqual({ is: 'bad', detail: 'no answer: ECONNRESET' });
    expect(asked).toBe(2);
  });
});

describe('a server that', () => {
  test('resets is bad', async () => {
    const { url, seen } = await httpServer((request) => request.socket.resetAndDestroy());
    expect(await measured({ url })).toEqual({ is: 'bad', detail: 'no answer: ECONNRESET' });
    expect(seen.connections).toBe(1);
  });

  test('resets half-way through its body is bad', async () => {
    const { url } = await httpServer((request, response) => {
      response
        .writeHead(200, { 'content-length': 100 })
        .write('half', () => request.socket.resetAndDestroy());
    });
    expect(await measured({ url })).toEqual({ is: 'bad', detail: 'no answer: ECONNRESET' });
  });

  test('is not there is bad', async () => {
    const { port } = await httpServer(() => {});
    await closing.pop()?.();
    const found = await measured({ url: `http://127.0.0.1:${port}/` });
    expect(found).toEqual({ is: 'bad', detail: 'no answer: ECONNREFUSED' });
  });

  test('speaks something else is bad', async () => {
    const { port } = await listening(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')));
    expect(await measured({ url: `http://127.0.0.1:${port}/` })).toMatchObject({
      is: 'bad',
      detail: expect.stringMatching(/^no answer: HPE_/),
    });
  });

  test('sends a gigabyte is read up to a megabyte, and cut off', async () => {
    let sent = 0;
    const part = Buffer.alloc(65_536, 'x');
    const { url, sockets } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-length': 2 ** 30 });
      const more = () => {
        while (!response.destroyed && response.write(part)) sent += part.length;
      };
      response.on('drain', more);
      more();
    });
    const prober = await open({ url });
    expect(await prober.measure(0, never)).toMatchObject({ is: 'good' });
    await Promise.all([...sockets].map(closed));
    expect(sent).toBeLessThan(64 * 2 ** 20);
    const lookingIn = await measured({ url, expect: { body: { matches: 'needle' } } });
    expect(lookingIn).toEqual({ is: 'unmeasured', detail: 'its body is over 1 MiB' });
  });

  test.each([
    ['never answers', () => {}],
    [
      'hangs after its headers',
      (_, response) => response.writeHead(200, { 'content-length': 5 }).flushHeaders(),
    ],
    [
      'sends chunks forever',
      (_, response) => {
        const timer = setInterval(() => response.write('.'), 5);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ] satisfies [string, RequestListener][])(
    '%s keeps no connection once the sample is over',
    async (_, answer) => {
      const { url, sockets } = await httpServer(answer);
      const prober = await open({ url });
      const over = new AbortController();
      const sample = prober.measure(0, over.signal).catch(() => {});
      while (sockets.size === 0) await new Promise((resolve) => setImmediate(resolve));
      const [socket] = sockets;
      const ended = closed(socket);
      over.abort();
      await Promise.all([ended, sample]);
      expect(sockets.size).toBe(0);
    },
  );
});

describe('where it may not look', () => {
  test('a name that leads to this machine is not asked, listed or not', async () => {
    const { port, seen } = await httpServer((_, response) => response.end());
    const allowed = { hosts: ['localhost'], loopback: false };
    const prober = await open({ url: `http://localhost:${port}/` }, { allowed });
    await expect(prober.measure(0, never)).rejects.toThrow(/^localhost: .* is this machine itself$/);
    expect(seen.connections).toBe(0);
  });

  test('what is refused by its name is not even opened', async () => {
    const allowed = { hosts: ['*.example.com'], loopback: false };
    for (const url of ['http://127.0.0.1/', 'http://169.254.169.254/latest/', 'https://example.org/']) {
      await expect(open({ url }, { allowed })).rejects.toMatchObject({ name: 'RefusedAddress' });
    }
  });

  test('a secret does not go out unencrypted', async () => {
    const parameters = parse(
      http.parameters,
      { url: 'http://shop.example.com/', headers: { 'X-Key': { secret: '/chaos-monkey/probes/shop' } } },
      'the probe',
    );
    const allowed = { hosts: ['shop.example.com'], loopback: false };
    expect(http.refused?.(parameters, allowed)).toBe('a secret would be sent unencrypted');
    const encrypted = { ...parameters, url: 'https://shop.example.com/' };
    expect(http.refused?.(encrypted, allowed)).toBeUndefined();
  });
});

describe('its parameters', () => {
  test('say what is measured, without what may be secret', () => {
    const parameters = parse(
      http.parameters,
      { url: 'https://shop.example.com/list?token=hidden', expect: { latency: '0.8s' } },
      'the probe',
    );
    expect(http.what(parameters)).toBe('GET https://shop.example.com/list within 800 ms');
    expect(http.limit?.(parameters)).toBe(800);
  });

  test.each([
    ['no URL', { url: 'shop' }],
    ['another scheme', { url: 'file:///etc/passwd' }],
    ['a password in the URL', { url: 'https://me:hidden@shop.example.com/' }],
    ['a secret from elsewhere', { headers: { authorization: { secret: '/other/key' } } }],
    ['a header about the connection', { headers: { Host: 'internal' } }],
    ['a second header hidden in one', { headers: { accept: 'x\r\nhost: internal' } }],
    ['an unknown method', { method: 'FETCH' }],
    ['no status', { expect: { status: 'ok' } }],
    ['no time', { expect: { latency: 800 } }],
    ['no JSONPath', { expect: { jsonPath: { images: 1 } } }],
    ['a JSONPath with a regular expression', { expect: { jsonPath: { "$[?match(@.a, '(a+)+')]": 1 } } }],
    ['no regular expression', { expect: { body: { matches: '(' } } }],
    ['no certificate', { ca: 'ca.pem' }],
    ['an unknown key', { retries: 3 }],
  ])('are refused with %s', (_, parameters) => {
    const url = 'https://shop.example.com/';
    expect(() => parse(http.parameters, { url, ...parameters }, 'the probe')).toThrow(
      /expected|unknown|JSONPath/i,
    );
  });
});

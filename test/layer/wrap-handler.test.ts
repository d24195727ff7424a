import { describe, expect, test } from 'vitest';
import { encodeFailures } from '#layer/failures.ts';
import type { Injector } from '#layer/inject.ts';
import { parseFailures } from '#layer/parse-failures.ts';
import { type Handler, wrapHandler } from '#layer/wrap-handler.ts';

type Flags = Omit<Parameters<typeof encodeFailures>[0], 'strike' | 'expiresAt'>;

function failures(flags: Flags) {
  return parseFailures(encodeFailures({ strike: 'a', expiresAt: '2026-11-25T10:00:00Z', ...flags }));
}

/** On a clock where a sleep is over at once. `ends` says after how long nothing is active any more. */
function anInjector(flags: Flags | undefined, { random = 0.5, ends = Number.POSITIVE_INFINITY } = {}) {
  const active = flags && failures(flags);
  const slept: number[] = [];
  let now = 0;
  const injector: Injector = {
    current: () => (now < ends ? active : undefined),
    random: () => random,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
  return { injector, total: () => slept.reduce((sum, ms) => sum + ms, 0), slept };
}

const context = { getRemainingTimeInMillis: () => 3_000 };
const handler: Handler = async (event: unknown) => ({ got: event });

describe('a wrapped handler', () => {
  test('is the original where nothing is active', () => {
    const seen: unknown[] = [];
    const original: Handler = function (this: unknown, ...args: unknown[]) {
      seen.push(this, ...args);
      return 'not even a promise';
    };
    const { injector } = anInjector(undefined);
    expect(wrapHandler(original, injector).call('this', 'event', context, 'callback')).toBe(
      'not even a promise',
    );
    expect(seen).toEqual(['this', 'event', context, 'callback']);
  });

  test('looks like the original', () => {
    const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
    const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
    const originals: Handler[] = [
      Object.assign(async (_event: unknown, _stream: unknown, _context: unknown) => {}, {
        [streaming]: 'response',
        [highWaterMark]: 99,
        extra: 1,
      }),
      function named(_event: unknown, _context: unknown, _callback: unknown) {},
      Object.freeze(() => {}),
      () => {},
    ];
    for (const original of originals) {
      const wrapped = wrapHandler(original, anInjector(undefined).injector);
      expect(wrapped).not.toBe(original);
      const { prototype: _, ...described } = Object.getOwnPropertyDescriptors(original);
      expect(Object.getOwnPropertyDescriptors(wrapped)).toMatchObject(described);
    }
  });

  test('runs whatever goes wrong in the layer', async () => {
    const { injector } = anInjector({ latency: { enabled: true, min_latency: 100 } });
    const failing = () => {
      throw new Error('ours');
    };
    for (const broken of [{ current: failing }, { random: failing }, { sleep: failing }, { now: failing }]) {
      expect(await wrapHandler(handler, { ...injector, ...broken })('event', context)).toEqual({
        got: 'event',
      });
    }
    // A context that is none.
    const { injector: timeout } = anInjector({ timeout: { enabled: true } });
    expect(await wrapHandler(handler, timeout)('event', undefined)).toEqual({ got: 'event' });
  });

  test("throws the handler's own error", async () => {
    const error = new TypeError('own');
    const { injector } = anInjector({ latency: { enabled: true, min_latency: 100 } });
    const throwing = async () => {
      throw error;
    };
    await expect(wrapHandler(throwing, injector)('event', context)).rejects.toBe(error);
  });
});

describe('what is injected', () => {
  test.each([
    [{ min_latency: 250 }, 0.9, 250],
    [{ min_latency: 100, max_latency: 300 }, 0, 100],
    [{ min_latency: 100, max_latency: 300 }, 0.5, 200],
    [{ max_latency: 300 }, 0.5, 150],
    [{ min_latency: 12_000 }, 0, 12_000],
    [{}, 0.5, 0],
  ])('as latency %j at %d waits %d ms', async (latency, random, expected) => {
    const { injector, total } = anInjector({ latency: { enabled: true, ...latency } }, { random });
    expect(await wrapHandler(handler, injector)('event', context)).toEqual({ got: 'event' });
    expect(total()).toBe(expected);
  });

  test('as timeout waits until the time is up, or as long before as it says', async () => {
    for (const [timeout_buffer_ms, expected] of [
      [0, 3_000],
      [500, 2_500],
      [5_000, 0],
    ] as const) {
      const { injector, total } = anInjector({ timeout: { enabled: true, timeout_buffer_ms } });
      await wrapHandler(handler, injector)('event', context);
      expect(total()).toBe(expected);
    }
  });

  test('ends in the middle of a wait, and nothing follows it', async () => {
    const { injector, total } = anInjector(
      { latency: { enabled: true, min_latency: 60_000 }, exception: { enabled: true } },
      { ends: 5_000 },
    );
    expect(await wrapHandler(handler, injector)('event', context)).toEqual({ got: 'event' });
    expect(total()).toBe(5_000);
  });

  test('as status answers in the place of the handler', async () => {
    const called: unknown[] = [];
    const { injector } = anInjector({ statuscode: { enabled: true } });
    const wrapped = wrapHandler((event) => called.push(event), injector);
    expect(await wrapped('event', context)).toEqual({
      statusCode: 500,
      headers: { 'Content-Type': 'application/json' },
      body: '{"message":"Injected status code 500"}',
    });
    expect(called).toEqual([]);
  });

  test('as exception throws an error that is nobody else’s, after the latency', async () => {
    const { injector, total } = anInjector({
      latency: { enabled: true, min_latency: 100 },
      exception: { enabled: true, exception_msg: 'no luck' },
    });
    await expect(wrapHandler(handler, injector)('event', context)).rejects.toMatchObject({
      name: 'InjectedFailure',
      message: 'no luck',
    });
    expect(total()).toBe(100);
  });

  test.each([
    [{ enabled: false }, 0],
    [{ enabled: true, percentage: 50 }, 0],
    [{ enabled: true, percentage: 51 }, 1],
    [{ enabled: true, percentage: 0 }, 0],
    [{ enabled: true, match: [{ path: 'method', value: 'GET' }] }, 1],
    [{ enabled: true, match: [{ path: 'method', value: 'POST' }] }, 0],
  ])('by %j hits %d of 1', async (exception, hits) => {
    const { injector } = anInjector({ exception });
    const result = Promise.resolve(wrapHandler(handler, injector)({ method: 'GET' }, context));
    expect(await result.then(() => 0).catch(() => 1)).toBe(hits);
  });
});

describe('a handler that streams', () => {
  const streaming = (handler: Handler): Handler =>
    Object.assign(handler, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' });

  test('is called with its stream after the latency', async () => {
    const { injector, total } = anInjector({ latency: { enabled: true, min_latency: 100 } });
    const seen: unknown[] = [];
    await wrapHandler(
      streaming(async (...args) => {
        seen.push(...args);
      }),
      injector,
    )('event', 'stream', context);
    expect(seen).toEqual(['event', 'stream', context]);
    expect(total()).toBe(100);
  });

  test('gets its time from the third argument', async () => {
    const { injector, total } = anInjector({ timeout: { enabled: true } });
    await wrapHandler(
      streaming(async () => {}),
      injector,
    )('event', {}, context);
    expect(total()).toBe(3_000);
  });

  test('is left alone by a status where there is nothing to make one of', async () => {
    const { injector } = anInjector({ statuscode: { enabled: true } });
    expect(
      await wrapHandler(
        streaming(async () => 'own'),
        injector,
      )('event', {}, context),
    ).toBe('own');
  });
});

describe('a handler under a runtime that takes callbacks', () => {
  const calls = () => {
    const made: unknown[] = [];
    const { promise, resolve } = Promise.withResolvers<readonly unknown[]>();
    const note =
      (name: string) =>
      (...args: unknown[]) => {
        made.push(name, ...args);
        resolve(made);
      };
    return {
      context: { ...context, succeed: note('succeed'), fail: note('fail') },
      callback: note('callback'),
      made: promise,
    };
  };
  const latency = { latency: { enabled: true, min_latency: 100 } };

  test('calls back itself, and nobody takes its silence for an answer', async () => {
    const { context, callback, made } = calls();
    const original: Handler = (event, _context, done) => void setImmediate(done, null, { got: event });
    expect(wrapHandler(original, anInjector(latency).injector)('event', context, callback)).toBeUndefined();
    expect(await made).toEqual(['callback', null, { got: 'event' }]);
  });

  test('may return a promise as well', async () => {
    for (const [original, expected] of [
      [async () => 'value', ['succeed', 'value']],
      [() => Promise.reject('why'), ['fail', 'why']],
    ] as const) {
      const { context, callback, made } = calls();
      wrapHandler(original, anInjector(latency).injector)('event', context, callback);
      expect(await made).toEqual(expected);
    }
  });

  test('may throw', async () => {
    const { context, callback, made } = calls();
    const error = new Error('own');
    const original = () => {
      throw error;
    };
    wrapHandler(original, anInjector(latency).injector)('event', context, callback);
    expect(await made).toEqual(['callback', error]);
  });

  test('is failed or answered for', async () => {
    const failed = calls();
    const { injector } = anInjector({ exception: { enabled: true, exception_msg: 'no luck' } });
    wrapHandler(handler, injector)('event', failed.context, failed.callback);
    expect(await failed.made).toMatchObject(['fail', { message: 'no luck' }]);

    const answered = calls();
    const { injector: status } = anInjector({ statuscode: { enabled: true, status_code: 404 } });
    wrapHandler(handler, status)('event', answered.context, answered.callback);
    expect(await answered.made).toMatchObject(['succeed', { statusCode: 404 }]);
  });
});

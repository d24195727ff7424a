import { describe, expect, test, vi } from 'vitest';
import { post } from '#notify/shared/post.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { type Answer, startWebhookServer } from '../../support/webhook-server.ts';

const url = new URL('https://hooks.slack.example/services/T0/B0/s3cret');
const webhook = `${url.host}${url.pathname}`;
const body = '{"text":"hello"}';
const minute = 60_000;

/** Posts to a server that gives these answers one after another, and the last one ever after. */
async function postTo(
  answers: readonly (Answer | 'hang')[],
  { timeMs = minute, random = (): number => 0 } = {},
) {
  await using server = await startWebhookServer(
    (_webhook, nth) => answers[Math.min(nth, answers.length) - 1] ?? 'hang',
  );
  const clock = instantClock();
  const posted = await post(url, body, clock.now() + timeMs, { fetch: server.fetch, clock, random });
  return { posted, slept: clock.slept, received: [...server.received] };
}

const failed = (status: number | undefined, attempts: number) => ({ delivered: false, status, attempts });

describe('post', () => {
  test('posts the message once, as JSON', async () => {
    const { posted, received } = await postTo([{ status: 200, body: 'ok' }]);
    expect(posted).toEqual({ delivered: true });
    expect(received).toEqual([
      {
        method: 'POST',
        webhook,
        body,
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
      },
    ]);
  });

  test('a Teams workflow accepts with 202', async () => {
    expect((await postTo([{ status: 202 }])).posted).toEqual({ delivered: true });
  });

  test.each([429, 500, 502, 503, 504])('tries again after a %i', async (status) => {
    const { posted, received } = await postTo([{ status }, { status: 200 }]);
    expect(posted).toEqual({ delivered: true });
    expect(received.map((one) => one.body)).toEqual([body, body]);
  });

  test('tries again when there is no connection', async () => {
    const clock = instantClock();
    await using server = await startWebhookServer(() => ({ status: 200 }));
    let calls = 0;
    const flaky: typeof fetch = (input, init) => {
      calls += 1;
      return calls === 1 ? fetch('http://127.0.0.1:1/', init) : server.fetch(input, init);
    };
    const posted = await post(url, body, clock.now() + minute, { fetch: flaky, clock, random: () => 0 });
    expect(posted).toEqual({ delivered: true });
    expect(calls).toBe(2);
  });

  test.each([400, 401, 403, 404, 405, 410, 413, 418])('does not try again after a %i', async (status) => {
    const { posted, received } = await postTo([{ status }]);
    expect(posted).toEqual(failed(status, 1));
    expect(received).toHaveLength(1);
  });

  test('does not follow a redirect', async () => {
    const { posted, received } = await postTo([
      { status: 307, headers: { location: 'https://elsewhere.example/' } },
      { status: 200 },
    ]);
    expect(posted).toEqual(failed(307, 1));
    expect(received).toHaveLength(1);
  });

  test('gives up after five attempts, twice as long apart each time', async () => {
    const { posted, slept, received } = await postTo([{ status: 500 }], { random: () => 1 - Number.EPSILON });
    expect(posted).toEqual(failed(500, 5));
    expect(received).toHaveLength(5);
    expect(slept.map(Math.round)).toEqual([500, 1000, 2000, 4000]);
  });

  test('the jitter takes up to half of a pause away', async () => {
    expect((await postTo([{ status: 500 }], { random: () => 0 })).slept).toEqual([250, 500, 1000, 2000]);
  });

  test('waits as long as Retry-After says, in seconds or until a date', async () => {
    const inSeconds = await postTo([{ status: 429, headers: { 'retry-after': '7' } }, { status: 200 }]);
    expect(inSeconds.slept).toEqual([7000]);
    const untilDate = await postTo([
      { status: 503, headers: { 'retry-after': 'Mon, 23 Nov 2026 09:00:12 GMT' } },
      { status: 200 },
    ]);
    expect(untilDate.slept).toEqual([12_000]);
  });

  test('a Retry-After that is past or nonsense is the usual pause', async () => {
    for (const value of ['0', '-5', 'soon', 'Mon, 23 Nov 2020 09:00:00 GMT']) {
      const { slept } = await postTo([{ status: 429, headers: { 'retry-after': value } }, { status: 200 }]);
      expect(slept).toEqual([250]);
    }
  });

  test('does not wait past the deadline', async () => {
    const { posted, slept } = await postTo(
      [{ status: 429, headers: { 'retry-after': '60' } }, { status: 200 }],
      {
        timeMs: minute,
      },
    );
    expect(posted).toEqual(failed(429, 1));
    expect(slept).toEqual([]);
    expect((await postTo([{ status: 500 }], { timeMs: 1000 })).posted).toEqual(failed(500, 3));
  });

  test('a server that does not answer is given up at the deadline', async () => {
    const { posted, received } = await postTo(['hang'], { timeMs: 150 });
    expect(posted).toEqual(failed(undefined, 1));
    expect(received).toHaveLength(1);
  });

  test('no attempt is given more than five seconds, nor more than is left', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await postTo([{ status: 500 }, { status: 200 }]);
    await postTo([{ status: 500 }, { status: 200 }], { timeMs: 1000 });
    expect(timeout.mock.calls).toEqual([[5000], [5000], [1000], [750]]);
    timeout.mockRestore();
  });

  test('an answer that ends in the middle is an answer', async () => {
    const { posted, received } = await postTo([
      { status: 200, headers: { 'content-length': '100' }, body: 'ok' },
    ]);
    expect(posted).toEqual({ delivered: true });
    expect(received).toHaveLength(1);
  });
});

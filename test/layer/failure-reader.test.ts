import { describe, expect, test } from 'vitest';
import { type Answer, FailureReader } from '#layer/failure-reader.ts';
import { encodeFailures } from '#layer/failures.ts';

const begin = Date.parse('2026-11-25T10:00:00Z');
const second = 1_000;

function at(seconds: number): string {
  return new Date(begin + seconds * second).toISOString();
}

/** The text of a strike that lasts until then. */
function strike(id: string, until: number): string {
  return encodeFailures({ strike: id, expiresAt: at(until), exception: { enabled: true } });
}

/** A reader on a clock of ours, and the reads it has begun. */
function aReader({ random = 0.5, onChange = (_: string | undefined) => {} } = {}) {
  let now = begin;
  const reads: PromiseWithResolvers<Answer>[] = [];
  const timers: { at: number; work: () => void }[] = [];
  const changes: (string | undefined)[] = [];
  const log: string[] = [];
  const reader = new FailureReader({
    read: () => {
      const read = Promise.withResolvers<Answer>();
      reads.push(read);
      return read.promise;
    },
    now: () => now,
    random: () => random,
    later: (ms, work) => timers.push({ at: now + ms, work }),
    log: (line) => log.push(line),
    onChange: (active) => {
      changes.push(active?.strike);
      onChange(active?.strike);
    },
  });
  const settled = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return {
    reader,
    reads,
    changes,
    log,
    strike: () => reader.current()?.strike,
    /** The last read ends like this. */
    answer: async (value: string | undefined, sentAt = Number.NaN) => {
      reads.at(-1)?.resolve({ value, sentAt });
      await settled();
    },
    fail: async (message: string) => {
      reads.at(-1)?.reject(new Error(message));
      await settled();
    },
    /** Time passes while the environment is frozen. */
    sleep: (seconds: number) => {
      now += seconds * second;
    },
    /** Time passes, with timers. */
    run: async (seconds: number) => {
      const until = now + seconds * second;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.work();
        await settled();
      }
      now = until;
    },
  };
}

describe('what is injected', () => {
  test('is nothing before the parameter was read, and nobody waits for that', async () => {
    const { strike: current, reads, answer } = aReader();
    expect(current()).toBeUndefined();
    expect(current()).toBeUndefined();
    expect(reads).toHaveLength(1);
    await answer(strike('a', 300));
    expect(current()).toBe('a');
  });

  test('is the same object for as long as the parameter says the same', async () => {
    const { reader, answer, sleep, reads } = aReader();
    reader.current();
    await answer(strike('a', 300));
    const before = reader.current();
    sleep(6);
    reader.current();
    expect(reads).toHaveLength(2);
    await answer(strike('a', 300));
    expect(reader.current()).toBe(before);
  });

  test('ends when it said it would, whatever the parameter says', async () => {
    const { strike: current, answer, sleep, changes } = aReader();
    current();
    await answer(strike('a', 4));
    sleep(3.999);
    expect(current()).toBe('a');
    sleep(0.001);
    expect(current()).toBeUndefined();
    await answer(strike('a', 4));
    expect(current()).toBeUndefined();
    expect(changes).toEqual(['a', undefined]);
  });

  test('ends without an invocation as well', async () => {
    const { strike: current, answer, run, changes } = aReader();
    current();
    await answer(strike('a', 4));
    await run(5);
    expect(changes).toEqual(['a', undefined]);
  });

  test('is over for an environment that slept through its end', async () => {
    const { strike: current, answer, sleep } = aReader();
    current();
    await answer(strike('a', 300));
    sleep(3_600);
    expect(current()).toBeUndefined();
  });

  test('ends by the clock of AWS, if that is ahead', async () => {
    const { strike: current, answer, sleep } = aReader();
    current();
    await answer(strike('a', 300), begin + 200 * second);
    sleep(99);
    expect(current()).toBe('a');
    sleep(1);
    expect(current()).toBeUndefined();
  });

  test('ends by its own clock, if that is ahead', async () => {
    const { strike: current, answer, sleep } = aReader();
    current();
    await answer(strike('a', 300), begin - 200 * second);
    sleep(300);
    expect(current()).toBeUndefined();
  });

  test.each([['{}'], ['<html></html>'], ['{"exception":{"enabled":true}}'], [undefined]])(
    'is nothing once the parameter says %j',
    async (value) => {
      const { strike: current, answer, sleep } = aReader();
      current();
      await answer(strike('a', 300));
      sleep(6);
      expect(current()).toBe('a');
      await answer(value);
      expect(current()).toBeUndefined();
    },
  );

  test('is what another thread has read', async () => {
    const { reader, strike: current, reads, answer, sleep } = aReader();
    current();
    await answer('{}');
    sleep(50);
    reader.take({ value: strike('a', 300), sentAt: Number.NaN });
    expect(current()).toBe('a');
    expect(reads).toHaveLength(1);
  });
});

describe('the parameter is read', () => {
  test.each([
    [0, 54],
    [0.5, 60],
    [0.999999, 66],
  ])('once a minute while nothing is active, by invocations only (%d: %d s)', async (random, seconds) => {
    const { strike: current, reads, answer, sleep, run } = aReader({ random });
    current();
    await answer('{}');
    await run(seconds - 0.1);
    current();
    expect(reads).toHaveLength(1);
    sleep(0.2);
    current();
    expect(reads).toHaveLength(2);
  });

  test('every five seconds while something is, without invocations as well', async () => {
    const { strike: current, reads, answer, run } = aReader();
    current();
    await answer(strike('a', 300));
    for (let count = 2; count < 5; count += 1) {
      await run(5.1);
      expect(reads).toHaveLength(count);
      await answer(strike('a', 300));
    }
  });

  test('once at a time', async () => {
    const { strike: current, reads, sleep } = aReader();
    current();
    sleep(1_000);
    current();
    expect(reads).toHaveLength(1);
  });

  test('at once if the clock was set back', async () => {
    const { strike: current, reads, answer, sleep } = aReader();
    sleep(86_400);
    current();
    await answer('{}');
    sleep(-86_400);
    current();
    expect(reads).toHaveLength(2);
  });
});

describe('a read that fails', () => {
  test('ends nothing for half a minute', async () => {
    const { strike: current, answer, fail, sleep, log } = aReader();
    current();
    await answer(strike('a', 300));
    sleep(6);
    current();
    await fail('Timeout');
    expect(log).toEqual(['the parameter could not be read: Timeout']);
    sleep(29.9);
    expect(current()).toBe('a');
    sleep(0.2);
    expect(current()).toBeUndefined();
  });

  test('is tried again later and later, and a later failure does not prolong what is active', async () => {
    const { strike: current, answer, fail, run, reads, changes } = aReader();
    current();
    await answer(strike('a', 300));
    await run(5.1);
    await fail('Timeout');
    await run(9.9);
    expect(reads).toHaveLength(2);
    await run(0.2);
    expect(reads).toHaveLength(3);
    await fail('Timeout');
    await run(19);
    expect(reads).toHaveLength(3);
    await run(1.1);
    expect(reads).toHaveLength(4);
    expect(changes).toEqual(['a', undefined]);
    expect(current()).toBeUndefined();
  });

  test('is made good by one that does not', async () => {
    const { strike: current, answer, fail, run, changes } = aReader();
    current();
    await answer(strike('a', 300));
    await run(5.1);
    await fail('Timeout');
    await run(10.1);
    await answer(strike('a', 300));
    await run(4);
    expect(current()).toBe('a');
    expect(changes).toEqual(['a']);
  });

  test('because others read too much is tried again after a minute', async () => {
    const { strike: current, answer, fail, run, reads } = aReader();
    current();
    await answer(strike('a', 300));
    await run(5.1);
    await fail('ThrottlingException');
    await run(29);
    expect(current()).toBe('a');
    await run(30);
    expect(current()).toBeUndefined();
    expect(reads).toHaveLength(2);
    await run(2);
    current();
    expect(reads).toHaveLength(3);
  });

  test('is nothing to a function into which nothing is injected', async () => {
    const { strike: current, fail, changes } = aReader();
    current();
    await fail('AccessDeniedException');
    expect(current()).toBeUndefined();
    expect(changes).toEqual([]);
  });

  test('is said once, for as long as the reason is the same', async () => {
    const { strike: current, answer, fail, sleep, log } = aReader();
    for (const reason of ['Timeout', 'Timeout', 'ThrottlingException', 'Timeout']) {
      current();
      await fail(reason);
      sleep(70);
    }
    current();
    await answer('{}');
    sleep(70);
    current();
    await fail('Timeout');
    expect(log.map((line) => line.split(': ')[1])).toEqual([
      'Timeout',
      'ThrottlingException',
      'Timeout',
      'Timeout',
    ]);
  });

  test('because the environment was frozen is none, and is repeated at once', async () => {
    const { strike: current, answer, fail, sleep, run, reads, log } = aReader();
    current();
    await answer(strike('a', 3_600));
    for (let count = 2; count < 5; count += 1) {
      sleep(70);
      expect(current()).toBe('a');
      expect(reads).toHaveLength(2 * count - 2);
      sleep(60);
      await fail('Timeout');
      await run(0);
      expect(reads).toHaveLength(2 * count - 1);
      await answer(strike('a', 3_600));
    }
    expect(log).toEqual([]);
  });
});

describe('what cannot be done', () => {
  test('is said, and nobody else learns of it', async () => {
    const {
      strike: current,
      answer,
      sleep,
      log,
    } = aReader({
      onChange: () => {
        throw new Error('EROFS');
      },
    });
    current();
    await answer(strike('a', 300));
    expect(current()).toBe('a');
    sleep(300);
    expect(current()).toBeUndefined();
    expect(log).toEqual(['not all of it is done: EROFS', 'not all of it is done: EROFS']);
  });
});

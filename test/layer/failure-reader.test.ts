import { describe, expect, test } from 'vitest';
import { aReader, begin, second, strike } from './support/a-reader.ts';

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

  test('is read as often as a demonstration wants it, idle or not', async () => {
    const { strike: current, answer, sleep, reads } = aReader({ pollMs: 200 });
    current();
    await answer('{}');
    for (const [seconds, asked] of [
      [0.19, 1],
      [0.02, 2],
    ] as const) {
      sleep(seconds);
      current();
      expect(reads).toHaveLength(asked);
    }
    await answer(strike('a', 300));
    sleep(0.21);
    current();
    expect(reads).toHaveLength(3);
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

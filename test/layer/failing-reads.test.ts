import { describe, expect, test } from 'vitest';
import { aReader, strike } from './support/a-reader.ts';

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

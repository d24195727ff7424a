import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WaitNotice } from '#cli/terminal/wait-notice.ts';
import { aTerminal } from '../../support/a-terminal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('WaitNotice', () => {
  test('prints what it waits for after two seconds', async () => {
    const { terminal, notes } = aTerminal();
    const { promise, resolve } = Promise.withResolvers<number>();
    const waited = new WaitNotice(terminal).during('the table to answer', promise);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(notes()).toBe('');
    await vi.advanceTimersByTimeAsync(1);
    expect(notes()).toBe('Waiting for the table to answer ...');
    resolve(7);
    expect(await waited).toBe(7);
  });

  test('counts earlier waits, and stays silent about quick ones', async () => {
    const { terminal, notes } = aTerminal();
    const waiting = new WaitNotice(terminal);
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const both = waiting.during('one', pause(1_500)).then(() => waiting.during('two', pause(1_500)));
    await vi.advanceTimersByTimeAsync(3_000);
    await both;
    expect(notes()).toBe('Waiting for two ...');
  });

  test('is silent once something has failed', async () => {
    const { terminal, notes } = aTerminal();
    await expect(new WaitNotice(terminal).during('one', Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    await vi.advanceTimersByTimeAsync(9_000);
    expect(notes()).toBe('');
  });
});

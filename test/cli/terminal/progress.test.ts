import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { shareText, startProgress, withProgress } from '#cli/terminal/progress.ts';
import { aTerminal } from '../../support/a-terminal.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const seconds = (elapsedMs: number) => `${elapsedMs / 1000} s`;

describe('startProgress', () => {
  test("is silent for two seconds, then limits updates to the terminal's interval", () => {
    let now = startsAt;
    const { terminal, progress } = aTerminal();
    const shown = startProgress(seconds, { terminal, clock: { now: () => now, sleep: async () => {} } });
    for (let elapsed = 0; elapsed <= 25; elapsed += 1) {
      now = startsAt + elapsed * 1_000;
      shown.tick();
    }
    expect(progress()).toEqual(['2 s', '12 s', '22 s']);
  });
});

describe('withProgress', () => {
  // No others: what another test of this process is at counts for nothing.
  beforeEach(
    () => void vi.useFakeTimers({ now: startsAt, toFake: ['setInterval', 'clearInterval', 'Date'] }),
  );
  afterEach(() => void vi.useRealTimers());

  const clock = { now: () => Date.now(), sleep: async () => {} };

  test('shows the elapsed time, returns the result, and stops', async () => {
    const { terminal, progress } = aTerminal();
    const { promise, resolve } = Promise.withResolvers<string>();
    const answer = withProgress(promise, seconds, { terminal, clock });
    await vi.advanceTimersByTimeAsync(13_000);
    resolve('done');
    expect(await answer).toBe('done');
    expect(progress()).toEqual(['2 s', '12 s']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stops when they fail', async () => {
    const { terminal } = aTerminal();
    const failed = withProgress(Promise.reject(new Error('gone')), seconds, { terminal, clock });
    await expect(failed).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('shareText', () => {
  test.each([
    [0, 10, 0, '0 % of 10 days'],
    [1, 4, 10_000, '25 % of 10 days, about 30 s left'],
    [9, 4, 10_000, '100 % of 10 days, about 0 s left'],
  ])('%d of %d', (done, of, elapsed, text) => {
    expect(shareText(done, of, '10 days', elapsed)).toBe(text);
  });
});

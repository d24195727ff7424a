import { afterEach, describe, expect, test, vi } from 'vitest';
import { withStdoutOnStderr } from '#cli/terminal/stdout-on-stderr.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('withStdoutOnStderr', () => {
  test.each([
    ['done', async () => 7],
    ['failed', async () => Promise.reject(new Error('no'))],
  ])('moves what is printed to stderr until the task is %s', async (_, end) => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const noted = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await withStdoutOnStderr(() => {
      process.stdout.write('hello\n');
      return end();
    }).catch(() => {});
    expect([out.mock.calls, noted.mock.calls]).toEqual([[], [['hello\n']]]);
    process.stdout.write('ours\n');
    expect(out.mock.calls).toEqual([['ours\n']]);
  });
});

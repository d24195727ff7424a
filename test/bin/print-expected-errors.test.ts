import { afterEach, describe, expect, test, vi } from 'vitest';
import { printExpectedErrors } from '#bin/print-expected-errors.ts';
import { CliError } from '#cli/context/cli-error.ts';

const failing = (error: Error) => printExpectedErrors(async () => Promise.reject(error));

describe('printExpectedErrors', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  test.each([
    ['a mistake in the configuration', new CliError('chaos.config.ts: leashed: expected true or false', 2)],
    ['a folder that cannot be written', Object.assign(new Error('EACCES: dist'), { syscall: 'mkdir' })],
  ])('prints only the message of %s', async (_, error) => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    await failing(error);
    expect(print.mock.calls).toEqual([[error.message]]);
    expect(process.exitCode).toBe(1);
  });

  test('throws what nobody expects', async () => {
    await expect(failing(new TypeError('a bug'))).rejects.toThrow('a bug');
  });
});

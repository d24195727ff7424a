import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryFill, undo } from '#documents/documents.ts';
import { anInstance, beginning, shells } from './an-instance.ts';

test.each(shells)(
  'under %s, takes what it was asked for, is the first to be killed, and gives it back',
  async (shell) => {
    const instance = anInstance({ shell });
    expect(
      await instance.run(memoryFill, { ...beginning('a', 600), Megabytes: 64, LeaveMegabytes: 100 }),
    ).toMatchObject({ exitCode: 0, stdout: 'chaos: begun a for 600 s: took 64 MB\n' });
    const { pid } = instance.recorded('a').find(({ role }) => role === 'keep') ?? {};
    const resident = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    // All but what the pipe itself holds.
    expect(resident).toBeGreaterThan(63 * 1024);
    expect(resident).toBeLessThan(128 * 1024);
    expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8')).toBe('1000\n');
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    await instance.isClear();
  },
);

test('takes nothing where so much is to be left that there is none', async () => {
  const instance = anInstance();
  expect(
    await instance.run(memoryFill, { ...beginning('a', 60), Megabytes: 1, LeaveMegabytes: 99_999_999 }),
  ).toMatchObject({
    exitCode: 6,
    stderr: expect.stringMatching(
      /^chaos: refused: \d+ MB of memory are available, and 99999999 MB are to be left\n$/,
    ),
  });
  await instance.isClear();
});

test('leaves at least 100 MB, whatever is asked', async () => {
  const instance = anInstance();
  expect(
    await instance.run(memoryFill, { ...beginning('a', 60), Megabytes: 1, LeaveMegabytes: 99 }),
  ).toMatchObject({ exitCode: 2 });
});

import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diskFill, undo } from '#documents/documents.ts';
import { startChild } from '../support/child-process.ts';
import { anInstance, beginning, hasNamespaces, locate, shells, withMounts } from './an-instance.ts';

type Options = NonNullable<Parameters<typeof anInstance>[0]>;

/** A machine that `prepare` has given disks, each a tmpfs. They are there as long as a process that sees them. */
async function withDisks(prepare: string, options: Options = {}) {
  const [program = '', ...args] = withMounts(`${prepare} && echo prepared`);
  const first = startChild(program, [...args, locate('sleep') ?? 'sleep', '600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void first.kill('SIGKILL'));
  await new Promise((resolve) => first.stdout?.once('data', resolve));
  const enter = ['-t', `${first.pid}`, '--user', '--preserve-credentials', '--mount'];
  return {
    instance: anInstance({ ...options, within: [locate('nsenter') ?? 'nsenter', ...enter] }),
    /** Free, in MB. */
    free: (folder: string) => {
      const { bavail, bsize } = statfsSync(`/proc/${first.pid}/root${folder}`);
      return (bavail * bsize) / 1024 ** 2;
    },
    names: (folder: string) => readdirSync(`/proc/${first.pid}/root${folder}`),
  };
}

const aDisk = 'mount -t tmpfs -o size=48m none /mnt';
const filling = { ...beginning('a', 600), Path: '/mnt', Megabytes: 99_999_999, LeaveMegabytes: 8 };
const filled = { exitCode: 0, stdout: 'chaos: begun a for 600 s: took 40 MB\n' };

describe.runIf(hasNamespaces('full disks'))('a full disk', () => {
  const variants = [
    ...shells.map((shell) => ({ how: `under ${shell}`, options: { shell } })),
    { how: 'on a file system that can only be written to', options: { fakes: { fallocate: 'exit 1' } } },
    { how: 'without fallocate', options: { without: ['fallocate'] } },
  ];

  test.each(variants)(
    'has as much left as was said, no file, and is as before when undone: $how',
    async ({ options }) => {
      const { instance, free, names } = await withDisks(aDisk, options);
      expect(await instance.run(diskFill, filling)).toMatchObject(filled);
      expect(free('/mnt')).toBe(8);
      expect(names('/mnt')).toEqual([]);
      expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
      expect(free('/mnt')).toBe(48);
      await instance.isClear();
    },
  );

  test.each(variants)('is as before when the process that fills it is killed: $how', async ({ options }) => {
    const { instance, free, names } = await withDisks(aDisk, options);
    expect(await instance.run(diskFill, filling)).toMatchObject(filled);
    process.kill(instance.recorded('a').find(({ role }) => role === 'hold')?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => free('/mnt'), { timeout: 120_000 }).toBe(48);
    await instance.isClear();
    expect(names('/mnt')).toEqual([]);
  });

  test('is as before when the time has passed', async () => {
    const { instance, free } = await withDisks(aDisk);
    expect(await instance.run(diskFill, { ...filling, Seconds: 3 })).toMatchObject({ exitCode: 0 });
    await instance.isClear();
    expect(free('/mnt')).toBe(48);
  });

  describe('in memory', () => {
    const available = (megabytes: number) =>
      `mount -t tmpfs none /srv && echo 'MemAvailable: ${megabytes * 1024} kB' > /srv/meminfo && mount --bind /srv/meminfo /proc/meminfo`;

    test.each(shells)('leaves 200 MB of that, and is the first to be killed: under %s', async (shell) => {
      const { instance, free } = await withDisks(`${aDisk} && ${available(220)}`, { shell });
      expect(await instance.run(diskFill, filling)).toMatchObject({
        exitCode: 0,
        stdout: 'chaos: begun a for 600 s: took 20 MB\n',
      });
      expect(free('/mnt')).toBe(28);
      const { pid } = instance.recorded('a').find(({ role }) => role === 'hold') ?? {};
      expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8')).toBe('1000\n');
    });

    test('is left alone where there is no more than that', async () => {
      const { instance, free } = await withDisks(`${aDisk} && ${available(200)}`);
      expect(await instance.run(diskFill, filling)).toMatchObject({
        exitCode: 6,
        stderr:
          'chaos: refused: /mnt is in memory, of which 200 MB are available, and 200 MB are to be left\n',
      });
      expect(free('/mnt')).toBe(48);
      await instance.isClear();
    });
  });

  test('has at least 200 MB left where the agent keeps its files', async () => {
    const { instance, free } = await withDisks(
      'mount -t tmpfs -o size=216m none /var/lib && mkdir -p /var/lib/amazon/ssm /var/lib/data',
    );
    expect(
      await instance.run(diskFill, { ...filling, Path: '/var/lib/data', LeaveMegabytes: 0 }),
    ).toMatchObject({
      exitCode: 0,
      stdout: 'chaos: begun a for 600 s: took 16 MB\n',
    });
    expect(free('/var/lib')).toBe(200);
  });

  test('has at least 200 MB left where the agent will keep its files', async () => {
    const { instance, free } = await withDisks('mount -t tmpfs -o size=216m none /var/lib');
    expect(await instance.run(diskFill, { ...filling, Path: '/var/lib', LeaveMegabytes: 0 })).toMatchObject({
      exitCode: 0,
    });
    expect(free('/var/lib')).toBe(200);
  });

  test('that has too little left already is left alone', async () => {
    const { instance, free } = await withDisks(aDisk);
    expect(await instance.run(diskFill, { ...filling, LeaveMegabytes: 48 })).toMatchObject({
      exitCode: 6,
      stderr: 'chaos: refused: 48 MB are free in /mnt, and 48 MB are to be left\n',
    });
    expect(free('/mnt')).toBe(48);
    await instance.isClear();
  });

  test('is not made through a link that somebody put there', async () => {
    const { instance, free, names } = await withDisks(
      `${aDisk} && ln -s /mnt/kept /mnt/.chaos-a && echo kept > /mnt/kept`,
    );
    expect(await instance.run(diskFill, filling)).toMatchObject({ exitCode: 7 });
    await instance.isClear();
    expect(names('/mnt')).toContain('kept');
    expect(free('/mnt')).toBeGreaterThan(47);
  });
});

test('a folder that is not there is refused', async () => {
  const instance = anInstance();
  expect(
    await instance.run(diskFill, { ...filling, ...beginning('a', 60), Path: join(instance.folder, 'none') }),
  ).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('is not a folder') });
  await instance.isClear();
});

test.each(['tmp', '/tmp;id', '/tmp/$(id)', '/tmp/a b', '/tmp\n'])('the path %j is refused', async (Path) => {
  const instance = anInstance();
  expect(await instance.run(diskFill, { ...filling, ...beginning('a', 60), Path })).toMatchObject({
    exitCode: 2,
  });
  expect(existsSync(instance.home)).toBe(false);
});

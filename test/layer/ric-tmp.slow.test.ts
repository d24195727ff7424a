import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { repository } from '../support/child-process.ts';
import { describeUnderRic, hour, minute, start, struck } from './support/strike-function.ts';

/** All that runs is in the repository, which may be in /tmp itself. */
const mount = `mount --bind "${repository}" /mnt && mount -t tmpfs -o size=16m tmpfs /tmp && mkdir -p "${repository}" && mount --bind /mnt "${repository}"`;

/** Whether a process may have a /tmp of its own. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', mount], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('LEFT OUT: the failure layer in a /tmp of 16 MB: no name space to mount it in\n');
    return false;
  }
}

describeUnderRic('a /tmp of 16 MB', () => {
  const mounted = (before = ':') =>
    ['unshare', '-rm', 'sh', '-c', `${mount} && cd "$PWD" && ${before} && exec "$@"`, 'sh'] as const;
  const environments = [
    { threads: 0, environment: {} },
    { threads: 2, environment: { AWS_LAMBDA_MAX_CONCURRENCY: '2', AWS_LAMBDA_NODEJS_WORKER_COUNT: '2' } },
  ];
  const code = `
    import { rmSync, writeFileSync } from 'node:fs';
    export const handler = async () => {
      try {
        writeFileSync('/tmp/own', Buffer.alloc(4 * 1024 * 1024));
        return 'written';
      } catch (error) {
        return error.code;
      } finally {
        rmSync('/tmp/own', { force: true });
      }
    };`;

  const testInTmp = test.runIf(canMount());
  testInTmp.each(environments)(
    'is full, and free again at the first invocation after the end, with $threads threads',
    async ({ threads, environment }) => {
      const victim = await struck(
        { diskspace: { enabled: true, disk_space: 512 } },
        { command: mounted(), environment, files: { 'index.mjs': code } },
        Math.max(threads, 1),
      );
      const ask = async () => JSON.parse((await victim.lambda.invoke({})).body);
      // It is filled in the background.
      await expect.poll(ask, { timeout: 5 * minute }).toBe('ENOSPC');
      await victim.advance(2 * hour);
      if (threads === 0) expect(await ask()).toBe('written');
      // The thread that has filled it need not be the one that is invoked.
      await expect.poll(ask, { timeout: 5 * minute }).toBe('written');
    },
  );

  testInTmp.each(environments)(
    'is freed of what was left when the process before was killed, with $threads threads',
    async ({ environment }) => {
      const command = mounted('head -c 15M /dev/zero > /tmp/.chaos-failure-layer');
      const victim = await start({ command, environment, files: { 'index.mjs': code } });
      expect(JSON.parse((await victim.lambda.invoke({})).body)).toBe('written');
    },
  );
});

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { cpuBurn } from '#documents/documents.ts';
import { startChild } from '../support/child-process.ts';
import { anInstance, beginning, hasNamespaces, locate, withMounts } from './an-instance.ts';

const cores = availableParallelism();

/** In ticks, of which Linux counts 100 in a second for user programs. */
function ticksOf(pids: readonly number[]): number {
  return pids
    .map((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [])
    .reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0);
}

function ticksSinceBoot(): number {
  return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 100;
}

/** As many workers as a strike has, which nothing limits. */
function unlimited(): readonly number[] {
  return Array.from({ length: cores }, () => {
    const child = startChild(locate('sh') ?? 'sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child.pid ?? 0;
  });
}

/** What a strike takes in some seconds, and what unlimited workers beside it can have meanwhile. In ticks of all cores. */
async function compare(percent: number) {
  const instance = anInstance();
  expect(await instance.run(cpuBurn, { ...beginning('a', 600), Percent: percent })).toMatchObject({
    exitCode: 0,
    stdout: `chaos: begun a for 600 s: ${percent} % of ${cores} cores, limited by the loop\n`,
  });
  const workers = instance
    .recorded('a')
    .filter(({ role }) => role === 'burn')
    .map(({ pid }) => pid);
  expect(workers).toHaveLength(cores);
  const others = unlimited();
  const [from, begun, othersBegun] = [ticksSinceBoot(), ticksOf(workers), ticksOf(others)];
  const measured = () => ({
    taken: ticksOf(workers) - begun,
    available: ticksOf(others) - othersBegun,
    elapsed: ticksSinceBoot() - from,
  });
  // On a busy machine it takes long until the workers have had enough time to be compared.
  await expect
    .poll(() => Math.min(measured().elapsed - 500, measured().available - 400), {
      timeout: 400_000,
      interval: 100,
    })
    .toBeGreaterThan(0);
  const { taken, available, elapsed } = measured();
  const due = (elapsed * cores * percent) / 100;
  // One turn of the loop may have begun just before the end, and on a busy machine ends late.
  return { taken, due, available, most: due * 1.5 + 20 * cores };
}

// So little is due that unlimited workers exceed it on a busy machine, too.
test('takes no more of the cores than is due', async () => {
  const { taken, most } = await compare(2);
  expect(taken).toBeLessThan(most);
});

/**
 * A machine that is busy with other things may give less than is due, but then it gives less to the unlimited workers too: they
 * show what could be had. The loop that limits costs time as well, which counts: it leaves the workers less, but not by half.
 */
test.each([10, 35])('takes %i percent of the cores, if that can be had', async (percent) => {
  const { taken, due, available, most } = await compare(percent);
  expect(taken).toBeGreaterThan(Math.min(due, available) * 0.4);
  expect(taken).toBeLessThan(most);
});

const groups = readFileSync('/proc/self/cgroup', 'utf8');
const v1 = (quota: number) => ({ 'cpu.cfs_quota_us': `${quota}`, 'cpu.cfs_period_us': '100000' });
const quota = cores * 20_000;

/** What systemd makes of CPUQuota, as the kernel shows it: only files here, and whether they are understood. */
const quotas = [
  { cgroup: 'v2', files: { 'cpu.max': `${quota} 100000` }, limit: 'kernel' },
  { cgroup: 'v2 without a quota', files: { 'cpu.max': 'max 100000' }, limit: 'loop' },
  { cgroup: 'v2 with another quota', files: { 'cpu.max': `${quota + 1000} 100000` }, limit: 'loop' },
  { cgroup: 'v1', files: v1(quota), limit: 'kernel' },
  { cgroup: 'v1 without a quota', files: v1(-1), limit: 'loop' },
  { cgroup: 'v1 with another quota', files: v1(quota + 1000), limit: 'loop' },
].filter(({ cgroup }) => (cgroup.startsWith('v2') ? /^0::/m : /:cpu[,:]|,cpu[,:]/).test(groups));

test.runIf(hasNamespaces('quotas of cgroups')).each(quotas)(
  'is limited by the $limit in a cgroup $cgroup',
  async ({ cgroup, files, limit }) => {
    const folder = cgroup.startsWith('v2') ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu';
    const write = Object.entries(files).map(([file, content]) => `echo ${content} > ${folder}/${file}`);
    const instance = anInstance({
      within: withMounts(
        ['mount -t tmpfs none /sys/fs/cgroup', 'mkdir /sys/fs/cgroup/cpu', ...write].join(' && '),
      ),
    });
    expect(await instance.run(cpuBurn, { ...beginning('a', 600), Percent: 20 })).toMatchObject({
      stdout: expect.stringContaining(`limited by the ${limit}`),
    });
  },
);

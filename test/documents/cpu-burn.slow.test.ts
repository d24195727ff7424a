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

/**
 * A machine that is busy with other things may give less than is due, but then it gives less to the unlimited workers beside
 * them too: they say what could be had. That no more than is due is taken holds on any machine.
 */
test.each([10, 35])(
  'takes %i percent of the cores: no more, and no less if that could be had',
  async (percent) => {
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
    await expect
      .poll(() => ticksSinceBoot() - from, { timeout: 120_000, interval: 100 })
      .toBeGreaterThan(500);
    const taken = ticksOf(workers) - begun;
    const due = ((ticksSinceBoot() - from) * cores * percent) / 100;
    const available = ticksOf(others) - othersBegun;
    // The loop that limits costs time as well, which counts as taken: 50 rounds of a few ms each second at most.
    expect({ percent, taken, due, available, enough: taken > Math.min(due, available) * 0.4 }).toMatchObject({
      enough: true,
    });
    expect({ percent, taken, due, available, tooMuch: taken > due * 1.4 }).toMatchObject({ tooMuch: false });
  },
);

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

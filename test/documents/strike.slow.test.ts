import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cpuBurn, diskFill, documents, memoryFill, undo } from '#documents/documents.ts';
import { startChild } from '../support/child-process.ts';
import { anInstance, beginning, locate, shells } from './an-instance.ts';

const missing = (['dash', 'bash', 'busybox'] as const).filter((shell) => !shells.includes(shell));
if (missing.length > 0) {
  process.stderr.write(
    `LEFT OUT: the scripts of SSM documents under ${missing.join(' and ')}: not on the PATH\n`,
  );
}

/** Takes little, and has processes of every kind. */
const few = (strike: string, seconds: number) => ({
  ...beginning(strike, seconds),
  Megabytes: 4,
  LeaveMegabytes: 100,
});

/** So long that nothing ends by its time in a test. */
const long = 600;

describe.each(shells)('under %s, a strike', (shell) => {
  test('begins, answers, ends when its time has passed, and is not begun again', async () => {
    const instance = anInstance({ shell });
    expect(await instance.run(memoryFill, few('a', 3))).toEqual({
      exitCode: 0,
      stdout: 'chaos: begun a for 3 s: took 4 MB\n',
      stderr: '',
    });
    await instance.isClear();
    expect(await instance.run(memoryFill, few('a', 3))).toMatchObject({
      exitCode: 4,
      stderr: 'chaos: refused: strike a has ended\n',
    });
    await instance.isClear();
  });

  test('keeps every other away, itself too, and names itself', async () => {
    const instance = anInstance({ shell });
    await instance.run(memoryFill, few('first', long));
    const processes = instance.recorded('first');
    const answer = { exitCode: 4, stdout: '', stderr: 'chaos: refused: strike first is active\n' };
    expect(await instance.run(memoryFill, few('first', long))).toEqual(answer);
    expect(await instance.run(cpuBurn, { ...beginning('second', long), Percent: 5 })).toEqual(answer);
    expect(instance.recorded('first')).toEqual(processes);
    expect(instance.running().map(({ pid }) => pid)).toEqual(
      expect.arrayContaining(
        processes.filter(({ role }) => role === 'hold' || role === 'keep').map(({ pid }) => pid),
      ),
    );
  });

  test('is undone, and undone again', async () => {
    const instance = anInstance({ shell });
    await instance.run(memoryFill, few('a', long));
    const undone = { exitCode: 0, stdout: 'chaos: undone a\n', stderr: '' };
    expect(await instance.run(undo, { Strike: 'a' })).toEqual(undone);
    expect(existsSync(join(instance.home, 'active'))).toBe(false);
    expect(await instance.run(undo, { Strike: 'a' })).toEqual(undone);
    await instance.isClear();
  });

  test.each(['SIGKILL', 'SIGTERM'])('ends if what does it gets a %s half-way', async (signal) => {
    const instance = anInstance({ shell });
    await instance.run(cpuBurn, { ...beginning('a', long), Percent: 5 });
    const { pid = 0 } = instance.recorded('a').find(({ role }) => role === 'hold') ?? {};
    process.kill(pid, signal);
    await instance.isClear();
  });
});

describe('a strike', () => {
  test('that is undone before it arrives does not begin', async () => {
    const instance = anInstance();
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    expect(await instance.run(memoryFill, few('a', long))).toMatchObject({ exitCode: 4 });
    await instance.isClear();
  });

  test('is not undone by the undo of another', async () => {
    const instance = anInstance();
    await instance.run(memoryFill, few('a-1', long));
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    expect(await instance.run(memoryFill, few('b', long))).toMatchObject({ exitCode: 4 });
  });

  test('ends by its time if its watch is killed', async () => {
    const instance = anInstance();
    // Of one process only, so that no other ends it.
    const values = { ...beginning('a', 3), Path: instance.folder, Megabytes: 1, LeaveMegabytes: 0 };
    expect(await instance.run(diskFill, values)).toMatchObject({ exitCode: 0 });
    process.kill(instance.watch(), 'SIGKILL');
    await instance.isClear();
  });

  test('ends if its watch is terminated', async () => {
    const instance = anInstance();
    await instance.run(memoryFill, few('a', long));
    process.kill(instance.watch(), 'SIGTERM');
    await instance.isClear();
  });

  test('of which only workers are left ends by their own time', async () => {
    const instance = anInstance();
    await instance.run(cpuBurn, { ...beginning('a', 2), Percent: 5 });
    process.kill(instance.watch(), 'SIGKILL');
    process.kill(instance.recorded('a').find(({ role }) => role === 'hold')?.pid ?? 0, 'SIGKILL');
    await expect.poll(instance.running, { timeout: 120_000, interval: 100 }).toEqual([]);
  });

  test('of which only workers are left is ended by the next', async () => {
    const instance = anInstance();
    await instance.run(cpuBurn, { ...beginning('a', long), Percent: 5 });
    const before = instance.running();
    const led = [instance.watch(), instance.recorded('a').find(({ role }) => role === 'hold')?.pid ?? 0];
    for (const pid of led) process.kill(pid, 'SIGKILL');
    // Who is killed lives on for a moment, in which the strike is still active.
    const living = () => instance.running().filter(({ pid }) => led.includes(pid));
    await expect.poll(living, { timeout: 120_000, interval: 20 }).toEqual([]);
    expect(await instance.run(memoryFill, few('b', long))).toMatchObject({ exitCode: 0 });
    await expect
      .poll(() => instance.running().filter(({ pid }) => before.some((each) => each.pid === pid)), {
        timeout: 120_000,
        interval: 100,
      })
      .toEqual([]);
  });

  test('whose command was killed before it led anything is ended by the next', async () => {
    const instance = anInstance();
    mkdirSync(join(instance.home, 'active/a'), { recursive: true });
    expect(await instance.run(memoryFill, few('b', long))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(instance.home, 'active'))).toEqual(['b']);
    expect(await instance.run(memoryFill, few('a', long))).toMatchObject({ exitCode: 4 });
  });

  test('whose command has yet to lead it keeps the next away', async () => {
    // Before it looks again it waits until there is a leader.
    const wait = `while [ ! -e "$CHAOS_HOME/active/a/leader" ]; do ${locate('sleep')} 0.05; done`;
    const instance = anInstance({ fakes: { sleep: `: > "$CHAOS_HOME/napped"; ${wait}` } });
    const record = join(instance.home, 'active/a');
    mkdirSync(record, { recursive: true });
    const leader = startChild(locate('sleep') ?? 'sleep', ['600'], { stdio: 'ignore' });
    const start = readFileSync(`/proc/${leader.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
    const { finished } = instance.start(memoryFill, few('b', long));
    await expect
      .poll(() => existsSync(join(instance.home, 'napped')), { timeout: 120_000, interval: 20 })
      .toBe(true);
    writeFileSync(join(record, 'leader'), `${leader.pid} ${start}\n`);
    expect(await finished).toMatchObject({ exitCode: 4, stderr: 'chaos: refused: strike a is active\n' });
  });

  test('ends if the kernel kills what it consists of', async () => {
    const instance = anInstance();
    await instance.run(memoryFill, few('a', long));
    process.kill(instance.recorded('a').find(({ role }) => role === 'keep')?.pid ?? 0, 'SIGKILL');
    await instance.isClear();
  });

  /** Whose `head` hangs, so that it never becomes ready. */
  const hanging = () => anInstance({ fakes: { head: 'while :; do sleep 1; done' } });
  const beginsToHang = async (instance: ReturnType<typeof hanging>) => {
    const { child, finished } = instance.start(memoryFill, few('a', long));
    await expect
      .poll(() => existsSync(join(instance.home, 'active/a/led')), { timeout: 120_000, interval: 50 })
      .toBe(true);
    return { child, finished };
  };

  test('whose command is terminated while it begins is ended', async () => {
    const instance = hanging();
    const { child, finished } = await beginsToHang(instance);
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({ exitCode: 143, stdout: '' });
    await instance.isClear();
  });

  test('whose command is killed while it begins is undone', async () => {
    const instance = hanging();
    const { child, finished } = await beginsToHang(instance);
    child.kill('SIGKILL');
    await finished;
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    await instance.isClear();
  });

  test('that is undone while it begins says that it could not', async () => {
    const instance = hanging();
    const { finished } = await beginsToHang(instance);
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    expect(await finished).toMatchObject({ exitCode: 7, stdout: '' });
    await instance.isClear();
  });

  test('that cannot start what it consists of says what went wrong, and leaves nothing', async () => {
    const instance = anInstance({ fakes: { mkfifo: 'echo no pipes today >&2; exit 1' } });
    expect(await instance.run(memoryFill, few('a', long))).toMatchObject({
      exitCode: 7,
      stderr: expect.stringMatching(/^no pipes today\nchaos: refused: /),
    });
    await instance.isClear();
  });
});

describe('undo', () => {
  test('kills a process only if it is the one that was entered', async () => {
    const instance = anInstance();
    const bystander = startChild(locate('sleep') ?? 'sleep', ['600'], { stdio: 'ignore' });
    const start = readFileSync(`/proc/${bystander.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
    const enter = (entry: string) => {
      rmSync(join(instance.home, 'ended-a'), { force: true });
      mkdirSync(join(instance.home, 'active/a'), { recursive: true });
      writeFileSync(join(instance.home, 'active/a/processes'), `${entry} work\n`);
    };
    enter(`${bystander.pid} ${Number(start) + 1}`);
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    expect(bystander.signalCode).toBe(null);
    enter(`${bystander.pid} ${start}`);
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    await expect.poll(() => bystander.signalCode, { timeout: 120_000, interval: 50 }).toBe('SIGKILL');
  });
});

describe('a command', () => {
  const parameters: Readonly<Record<string, string | number>> = {
    Percent: 5,
    Path: '/tmp',
    Megabytes: 4,
    LeaveMegabytes: 200,
    Process: 'nobody',
  };
  const strikes = documents.filter(({ name }) => name !== 'Chaos-Undo');

  test.each(strikes)('$name that arrives too late does nothing', async (document) => {
    const instance = anInstance();
    const now = Math.floor(Date.now() / 1000);
    for (const NotAfter of [now - 1, now + 7200]) {
      expect(await instance.run(document, { ...beginning('a', 60), ...parameters, NotAfter })).toMatchObject({
        exitCode: 5,
        stdout: '',
      });
    }
    expect(existsSync(instance.home)).toBe(false);
  });

  test.each(strikes)('$name without its variables, as from an old agent, does nothing', async (document) => {
    const instance = anInstance();
    expect(await instance.run(document, {})).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'chaos: refused: missing: Strike in the environment, where SSM Agent 3.3.2746.0 or later puts it\n',
    });
    expect(existsSync(instance.home)).toBe(false);
  });

  test.each([
    { Strike: '{{ Strike }}' },
    { Strike: 'a\n' },
    { Strike: '../a' },
    { Strike: '$(id)' },
    { Strike: 'a'.repeat(64) },
    { Seconds: '0' },
    { Seconds: '010' },
    { Seconds: '43201' },
    { Seconds: '99999999999999999999' },
    { Seconds: '1+1' },
    { Percent: '96' },
    { Percent: '-5' },
  ])('with %o does nothing', async (wrong) => {
    const instance = anInstance();
    const values = { ...beginning('a', 60), Percent: 5, ...wrong };
    expect(await instance.run(cpuBurn, values)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(existsSync(instance.home)).toBe(false);
  });

  const needed = {
    'Chaos-CpuBurn': ['setsid', 'timeout', 'sleep', 'nproc'],
    'Chaos-MemoryFill': ['head', 'tail', 'mkfifo'],
    'Chaos-DiskFill': ['df', 'dd'],
    'Chaos-ProcessKill': ['date', 'mkdir'],
    'Chaos-Undo': ['rm', 'mv'],
  };
  test.each(documents)('$name names all the tools that are missing, and does nothing', async (document) => {
    const tools = needed[document.name as keyof typeof needed];
    const instance = anInstance({ without: tools });
    const { exitCode, stderr } = await instance.run(document, { ...beginning('a', 60), ...parameters });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('missing:') });
    expect(tools.filter((tool) => !stderr.includes(tool))).toEqual([]);
    expect(existsSync(instance.home)).toBe(false);
  });
});

import { chmodSync, copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { processKill, undo } from '#documents/documents.ts';
import { startChild } from '../support/child-process.ts';
import {
  anInstance,
  beginning,
  hasNamespaces,
  type Instance,
  locate,
  shells,
  withMountsAndPids,
} from './an-instance.ts';

/** A process of this name, which is started again whenever it ends. */
function supervised({ folder }: Instance, name: string) {
  const program = join(folder, name);
  copyFileSync(locate('sleep') ?? '', program);
  chmodSync(program, 0o755);
  let stopped = false;
  let starts = 0;
  const supervise = () => {
    if (stopped) return;
    starts += 1;
    const child = startChild(program, ['600'], { stdio: 'ignore' });
    child.once('close', supervise);
    onTestFinished(() => {
      stopped = true;
      child.kill('SIGKILL');
    });
  };
  supervise();
  return { starts: () => starts };
}

function named(name: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8') === `${name}\n`;
    } catch {
      return false;
    }
  });
}

describe.each(shells)('under %s, processes of a name', (shell) => {
  test('are killed, and again when they come back, until it is undone', async () => {
    const instance = anInstance({ shell });
    const victim = supervised(instance, 'chaos-victim');
    const similar = supervised(instance, 'chaos-victims');
    await expect.poll(() => named('chaos-victim').length, { timeout: 120_000 }).toBe(1);
    expect(await instance.run(processKill, { ...beginning('a', 600), Process: 'chaos-victim' })).toEqual({
      exitCode: 0,
      stdout: 'chaos: begun a for 600 s: killed 1 of chaos-victim\n',
      stderr: '',
    });
    await expect.poll(victim.starts, { timeout: 120_000 }).toBeGreaterThan(3);
    expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
    await instance.isClear();
    await expect.poll(() => named('chaos-victim').length, { timeout: 120_000 }).toBe(1);
    expect(similar.starts()).toBe(1);
  });
});

test('a name of which there is no process is refused', async () => {
  const instance = anInstance();
  expect(await instance.run(processKill, { ...beginning('a', 60), Process: 'chaos-nobody' })).toEqual({
    exitCode: 6,
    stdout: '',
    stderr: 'chaos: refused: no process is called chaos-nobody\n',
  });
  await instance.isClear();
});

test.each([
  ...['init', 'systemd', 'systemd-journal', 'amazon-ssm-agen', 'ssm-agent-worke', 'ssm-document-w'],
  ...[
    'ssm-session-wo',
    'ssm-session-log',
    'sshd',
    'sshd-session',
    '_script.sh',
    'sh',
    'bash',
    'dash',
    'busybox',
    'timeout',
  ],
])('%s is never killed', async (name) => {
  const instance = anInstance();
  expect(await instance.run(processKill, { ...beginning('a', 60), Process: name })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`${name} is never killed`),
  });
});

test.runIf(hasNamespaces('that process 1 is never killed'))('process 1 is never killed', async () => {
  const instance = anInstance({ within: withMountsAndPids('echo chaos-first > /proc/1/comm') });
  expect(await instance.run(processKill, { ...beginning('a', 60), Process: 'chaos-first' })).toMatchObject({
    exitCode: 6,
    stderr: 'chaos: refused: no process is called chaos-first\n',
  });
});

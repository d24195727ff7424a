import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cpuBurn, memoryFill, undo } from '#documents/documents.ts';
import { anInstance, beginning } from './an-instance.ts';

/**
 * No systemd runs here: these are scripts in place of its programs, which note how they are called. They show what we call, not
 * what systemd makes of it.
 */
const systemd = (
  version: string,
  run = 'while [ "$1" != -- ]; do shift; done; shift; setsid "$@" > /dev/null 2>&1 &',
) => ({
  systemctl: `case $1 in show) echo Version=${version} ;; *) echo "$*" >> "$CHAOS_HOME/systemctl" ;; esac`,
  'systemd-run': `echo "$*" > "$CHAOS_HOME/systemd-run"\n${run}`,
});
const burning = { ...beginning('a', 600), Percent: 5 };

describe('where systemd runs', () => {
  test.each(['252.39-1~deb12u1', '255', 'v257.9-1.amzn2023', '236'])(
    'version %s, the processor is burnt in a unit with a quota and an end, which undo stops',
    async (version) => {
      const instance = anInstance({ fakes: systemd(version) });
      expect(await instance.run(cpuBurn, burning)).toMatchObject({ exitCode: 0 });
      const called = readFileSync(join(instance.home, 'systemd-run'), 'utf8').trim();
      const record = join(instance.home, 'active/a');
      const script = join(instance.folder, 'Chaos-CpuBurn.sh');
      expect(called).toBe(
        [
          '--quiet --collect --unit=chaos-a --property=RuntimeMaxSec=605',
          `--property=CPUQuota=${5 * availableParallelism()}%`,
          `-- sh ${script} hold ${record} 600 5 ${availableParallelism()}`,
        ].join(' '),
      );
      expect(await instance.run(undo, { Strike: 'a' })).toMatchObject({ exitCode: 0 });
      expect(readFileSync(join(instance.home, 'systemctl'), 'utf8')).toBe('stop chaos-a.service\n');
      await instance.isClear();
    },
  );

  test('memory is taken in a unit, so that running out of it does not stop the agent', async () => {
    const instance = anInstance({ fakes: systemd('252') });
    const values = { ...beginning('a', 600), Megabytes: 4, LeaveMegabytes: 100 };
    expect(await instance.run(memoryFill, values)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(instance.home, 'systemd-run'), 'utf8')).toMatch(
      /^--quiet --collect --unit=chaos-a --property=RuntimeMaxSec=605 -- sh /,
    );
  });

  test.each(['219', '235', ''])(
    'version %j is too old for units that go away by themselves',
    async (version) => {
      const instance = anInstance({ fakes: systemd(version) });
      expect(await instance.run(cpuBurn, burning)).toMatchObject({ exitCode: 0 });
      expect(existsSync(join(instance.home, 'systemd-run'))).toBe(false);
    },
  );

  test('a unit that cannot be started leaves nothing', async () => {
    const instance = anInstance({ fakes: systemd('252', 'echo no such bus >&2; exit 1') });
    expect(await instance.run(cpuBurn, burning)).toMatchObject({
      exitCode: 7,
      stdout: '',
      stderr: 'no such bus\nchaos: refused: systemd-run could not start the unit chaos-a\n',
    });
    await instance.isClear();
  });
});

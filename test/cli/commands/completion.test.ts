import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '#cli/command-table.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { isOnPath } from '../../support/is-on-path.ts';

const chaos = aCli({ transport: noAws });

let script: Readonly<Record<'bash' | 'zsh' | 'fish', string>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-completion-'));
  const [bash, zsh, fish] = await Promise.all(
    ['bash', 'zsh', 'fish'].map((shell) => chaos('completion', shell)),
  );
  script = { bash: bash?.out ?? '', zsh: zsh?.out ?? '', fish: fish?.out ?? '' };
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A machine need not have the language that it is set to. */
const env = { PATH: process.env.PATH, LC_ALL: 'C' };

/** What bash proposes for the last of these words. */
function proposed(...words: readonly string[]): readonly string[] {
  const line = `${script.bash}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_chaos_completion; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', line], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('chaos completion bash', () => {
  test('proposes commands', () => {
    expect(proposed('./chaos', '')).toEqual([...commands.map(({ name }) => name), '--help', '--version']);
    expect(proposed('./chaos', 'st')).toEqual(['stop', 'strikes', 'status']);
  });

  test('proposes options of the command, wherever it stands', () => {
    expect(proposed('./chaos', 'run', '--on')).toEqual(['--only-account', '--only-region']);
    expect(proposed('./chaos', 'run', 'x', '--here', '--he')).toEqual(['--here', '--help']);
    expect(proposed('./chaos', 'veto', '--u')).toEqual(['--until']);
  });

  test('proposes known values of an option, and nothing for others', () => {
    expect(proposed('./chaos', 'run', '--ledger', 'm')).toEqual(['memory']);
    expect(proposed('./chaos', 'stop', '--region', '--')).toEqual([]);
    expect(proposed('./chaos', 'completion', 'z')).toEqual(['zsh']);
  });
});

describe.each(['bash', 'zsh', 'fish'] as const)('chaos completion %s', (shell) => {
  test('names every command and every option', async () => {
    for (const { name } of commands) expect(script[shell]).toContain(name);
    const options = script.bash.match(/--[a-z-]+/g) ?? [];
    expect(options.length).toBeGreaterThan(20);
    for (const option of options) {
      expect(script[shell]).toContain(shell === 'fish' ? `-l ${option.slice(2)}` : option);
    }
  });

  test.runIf(isOnPath(shell))('is read by the shell', () => {
    const file = join(folder, shell);
    writeFileSync(file, script[shell]);
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8', env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { repository } from '../support/child-process.ts';

const scripts: Readonly<Record<string, string>> = packageJson.scripts;

test('every script of npm looks first whether the clone is set up', () => {
  const unchecked = Object.keys(scripts).filter((name) => {
    const all = [scripts[`pre${name}`], scripts[name]];
    return !name.startsWith('pre') && !all.some((text) => text?.includes('node bin/checked.js'));
  });
  expect(unchecked).toEqual([]);
  expect(scripts.test).toBe('vitest run --project unit');
});

test('what looks before npm test says in one line what to type where npm ci was not run', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'bare clone '));
  try {
    await cp(join(repository, 'bin'), join(clone, 'bin'), { recursive: true });
    await writeFile(join(clone, 'package.json'), '{ "type": "module" }');
    const { status, stderr } = spawnSync(process.execPath, [join(clone, 'bin/checked.js')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe(`error: This clone is not set up. Type: (cd '${clone}' && npm ci)\n`);
    expect(status).toBe(2);
  } finally {
    await rm(clone, { recursive: true });
  }
});

test('and nothing where all is set up', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'bin/checked.js')], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test('and names the script on an older Node', () => {
  const older =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
  const { stderr } = spawnSync(process.execPath, ['--import', older, join(repository, 'bin/checked.js')], {
    encoding: 'utf8',
    env: { ...process.env, npm_lifecycle_event: 'pretest:soak' },
  });
  expect(stderr).toContain('Type: npm run test:soak\n');
});

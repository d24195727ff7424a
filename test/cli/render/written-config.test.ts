import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildConfig } from '#cli/init/answers.ts';
import { writtenText } from '#cli/render/written-config.ts';
import { repository } from '../../support/child-process.ts';

const config = buildConfig({ accounts: ['111122223333', '222233334444'], regions: ['eu-west-1'] }, 'x');
const clone = repository.replace(/\/$/, '');

function commands(path: string, cwd: string): readonly string[] {
  const where = { shown: 'chaos.config.ts', was: 'nothing', cwd } as const;
  return writtenText({ path, config, kept: null }, where, (_, text) => text)
    .split('\n')
    .filter((line) => line.startsWith('  '));
}

describe('the next commands after writing a configuration', () => {
  const own = join(clone, 'chaos.config.ts');

  test('is plain in the clone, and tells how the role gets into the other accounts', () => {
    const lines = commands(own, clone);
    expect(lines.filter((line) => line.includes('(cd '))).toEqual([]);
    expect(lines).toContain('  Deploy the role to each other account: docs/onboarding.md');
    expect(lines).toContain('  Bootstrap CDK once: npx cdk bootstrap');
  });

  test.each([
    ['the repository’s own', own],
    ['one that is elsewhere', '/elsewhere/chaos.config.ts'],
  ])('goes to the clone first where it is typed elsewhere, for %s', (_, path) => {
    const typed = commands(path, '/elsewhere').map((line) => line.replace(/^.*: /, ''));
    const ours = typed.filter((text) => /\.\/chaos|npm |npx /.test(text));
    expect(ours.length).toBeGreaterThan(3);
    for (const text of ours) expect(text.startsWith(`(cd ${clone} && `) && text.endsWith(')')).toBe(true);
  });
});

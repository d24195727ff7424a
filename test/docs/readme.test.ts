import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { story } from '#cli/commands/start.ts';
import { openConfig } from '#cli/config/open-config.ts';
import { aTerminal } from '../support/a-terminal.ts';
import { repository } from '../support/child-process.ts';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');

describe('the README', () => {
  test('is read in two minutes, and says how to stop first', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(201);
    const opening = readme.split('\n').slice(1, 5).join(' ');
    expect(opening).toContain('`./chaos stop`');
    expect(opening).toContain('(docs/operations.md#stop-it)');
  });

  test('shows what npm start prints, in its order', async () => {
    const { terminal, out } = aTerminal();
    const path = join(repository, 'test/support/example/chaos.config.ts');
    await story(await openConfig({ path, shown: 'the example' }), terminal, async () => {});
    const printed = out().split('\n');
    const shown = /```\n(== A leashed run[^`]*)```/.exec(readme)?.[1]?.trimEnd().split('\n') ?? [];
    expect(shown.length).toBeGreaterThanOrEqual(20);
    let at = 0;
    for (const line of shown) {
      if (/^\s*(\.\.\.)?$/.test(line)) continue;
      const found = printed.indexOf(line, at);
      expect([line, found]).not.toEqual([line, -1]);
      at = found + 1;
    }
  });

  test("is of the example that ships, which the tests have a copy of: the repository's own may become somebody's", () => {
    const [shipped, copy] = ['chaos.config.ts', 'test/support/example/chaos.config.ts'].map((path) =>
      existsSync(join(repository, path)) ? readFileSync(join(repository, path), 'utf8') : '',
    );
    const isStillTheExample = shipped?.includes("externalId: 'chaos-monkey-example'");
    expect(isStillTheExample ? shipped : copy).toBe(copy);
  });
});

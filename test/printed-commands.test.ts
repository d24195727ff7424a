import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { repository } from './support/child-process.ts';

/**
 * Whatever may be printed or read: sources and documentation. Not the decisions and the changelog, which say how it was, nor
 * what npm wrote.
 */
const files = globSync('**/*.{ts,md,yaml,json,svg}', {
  cwd: repository,
  exclude: (path) =>
    /(^|\/)(node_modules|cdk\.out|test|decisions|coverage|reports)$|CHANGELOG\.md$|package-lock\.json$/.test(
      path,
    ),
});

const commands =
  'calendar|completion|doctor|explain|faults|groups|init|leash|ledger|plan|replay|resume|run|simulate|status|stop|veto';

/** Outside a clone npx would install a stranger's package of that name, and a bare `chaos` is Chaos Toolkit's command. */
const misleading = new RegExp(`npx chaos\\b|(?<![\\w./:-])chaos (?:${commands})\\b`, 'g');

/** Comments in sources are for those who have a clone before them. */
function printable(file: string): string {
  const text = readFileSync(`${repository}/${file}`, 'utf8');
  return file.endsWith('.ts') ? text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') : text;
}

describe('a command that we print', () => {
  test.each([
    ['npx chaos stop', true],
    ['`chaos stop`', true],
    ['To stop: chaos stop', true],
    ['./chaos stop', false],
    ['npx cdk deploy', false],
    ['a chaos monkey', false],
  ])('%s leads elsewhere: %s', (text, is) => {
    expect(text.match(misleading) !== null).toBe(is);
  });

  test('leads nowhere but into the clone', () => {
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'cli/commands/stop.ts', 'docs/operations.md']),
    );
    const found = files.flatMap((file) =>
      (printable(file).match(misleading) ?? []).map((text) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

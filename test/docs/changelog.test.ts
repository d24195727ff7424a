import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '#core/util/version.ts';
import { repository } from '../support/child-process.ts';

const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8');
const headings = [...changelog.matchAll(/^## \[([^\]]+)\](.*)$/gm)].map(([, name = '', date = '']) => ({
  name,
  date,
}));
const links = [
  ...changelog.matchAll(/^\[([^\]]+)\]: https:\/\/github\.com\/[\w.-]+\/serverless-chaos-monkey\/(.*)$/gm),
];

describe('the changelog', () => {
  test('has what is not released on top, and then the version that this is', () => {
    expect(headings.slice(0, 2).map(({ name }) => name)).toEqual(['Unreleased', version]);
  });

  test('dates every version, the newest first', () => {
    const [unreleased, ...released] = headings.map(({ date }) => date);
    expect(unreleased).toBe('');
    for (const date of released) expect(date).toMatch(/^ - \d{4}-\d{2}-\d{2}$/);
    expect(released).toEqual([...released].sort().reverse());
  });

  test('links every version to what changed in it', () => {
    const names = headings.map(({ name }) => name);
    const expected = names.map((name, index) => {
      const before = names[index + 1];
      const tag = name === 'Unreleased' ? 'HEAD' : `v${name}`;
      return [name, before === undefined ? `releases/tag/${tag}` : `compare/v${before}...${tag}`];
    });
    expect(links.map(([, name, path]) => [name, path])).toEqual(expected);
  });
});

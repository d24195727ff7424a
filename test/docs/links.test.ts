import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../support/child-process.ts';

const files = globSync('{*.md,docs/**/*.md}', { cwd: repository });

/** As GitHub makes them: lower case, without punctuation, spaces as hyphens; the second of two is `-1`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm)].map(
    ([, title = '']) => {
      const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const anchor = plain.replaceAll(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    },
  );
  return new Set(anchors);
}

describe('links between pages', () => {
  test.each(files)('of %s lead somewhere', (file) => {
    const text = readFileSync(join(repository, file), 'utf8').replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      ([, link, src]) => link ?? src ?? '',
    );
    const broken = links
      .filter((link) => !/^(https?|mailto):/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? join(repository, file) : join(repository, dirname(file), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
      });
    expect(broken.map((link) => `${relative('.', file)}: ${link}`)).toEqual([]);
  });
});

describe('files that a page names', () => {
  // `dist/` has what was made last, and pages name all that can be.
  const tops = readdirSync(repository).filter((top) => top !== 'dist');
  const modules = globSync(['*.ts', ...tops.map((top) => `${top}/**/*.ts`)], {
    cwd: repository,
    exclude: ['node_modules'],
  });

  /** `core/config/task.ts`, `task.ts` and `core/config/`, but not `core/guards/CODE.ts`, which is yet to be written. */
  const isPath = (word: string) => /^\w[\w./-]*(\.\w+|\/)$/.test(word) && !/[A-Z]{2}/.test(word);
  const exists = (word: string) => {
    if (tops.includes(word.split('/')[0] ?? '')) return existsSync(join(repository, word));
    return !word.endsWith('.ts') || modules.some((file) => file.endsWith(`/${word}`));
  };

  test.each(files)('of %s are there', (file) => {
    const text = readFileSync(join(repository, file), 'utf8').replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
    const words = [...text.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word);
    expect(words.filter((word) => isPath(word) && !exists(word))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { listed, listedByKind, plainLines, titleText } from '#core/messages/section.ts';

const entryOf = (name: string) => ({ name, text: '', details: [] });
const entries = (...names: string[]) => names.map(entryOf);
const items = (kind: string, length: number) => Array.from({ length }, (_, index) => `${kind}${index}`);
const kind = (name: string, length: number) => ({ name, count: length, items: items(name, length) });

describe('listed', () => {
  test('lists the first, and says how many of all are missing, and where they are', () => {
    expect(listed(['a', 'b', 'c'], entryOf, 3, 3)).toEqual([{ entries: entries('a', 'b', 'c') }]);
    expect(listed(['a', 'b', 'c'], entryOf, 1_503, 2, '; see the log')).toEqual([
      { entries: entries('a', 'b'), more: 'and 1,501 more; see the log' },
    ]);
  });
});

describe('listedByKind', () => {
  test('a thousand that are alike do not hide the one that is not', () => {
    expect(listedByKind([kind('a', 1_000), kind('b', 1)], entryOf, { limit: 4 })).toEqual([
      { heading: 'a (1,000)', entries: entries('a0', 'a1', 'a2'), more: 'and 997 more' },
      { heading: 'b (1)', entries: entries('b0') },
    ]);
  });

  test('kinds for which there is no room are counted, with what is of no known kind', () => {
    const kinds = [kind('a', 1), kind('b', 1), kind('c', 2), kind('d', 3)];
    expect(listedByKind(kinds, entryOf, { limit: 2, missing: 5, rest: '; see the log' })).toEqual([
      { heading: 'a (1)', entries: entries('a0') },
      { heading: 'b (1)', entries: entries('b0') },
      { entries: [], more: 'd 3, c 2, and 5 more; see the log' },
    ]);
    expect(listedByKind(kinds, entryOf, { limit: 0 })).toEqual([{ entries: [], more: 'd 3, c 2, a 1, b 1' }]);
  });

  test('a kind may have more things than are known, and a size in words', () => {
    const known = { name: 'a', count: 5, size: '5 groups', items: ['x'] };
    expect(listedByKind([known], entryOf, { limit: 9 })).toEqual([
      { heading: 'a (5 groups)', entries: entries('x'), more: 'and 4 more' },
    ]);
  });

  test('the most frequent kind comes first', () => {
    const headings = listedByKind([kind('a', 1), kind('b', 2)], entryOf, { limit: 9 }).map(
      (part) => part.heading,
    );
    expect(headings).toEqual(['b (2)', 'a (1)']);
  });

  test('nothing is made of nothing', () => {
    expect(listedByKind([], entryOf, { limit: 9 })).toEqual([]);
  });
});

test('a section as plain text', () => {
  const section = {
    ...{ title: 'Struck', count: 3, tone: 'bad' as const },
    parts: [
      { heading: 'alike (2)', entries: [{ name: 'i-a', text: 'stopped', details: ['zone a', 'why'] }] },
      { entries: [{ name: '', text: 'no place', details: [] }, ...entries('i-c')], more: 'and 1 more' },
    ],
  };
  expect(titleText(section)).toBe('Struck: 3');
  expect(titleText({ ...section, count: 1, unit: 'target' })).toBe('Struck: 1 target');
  expect(plainLines(section)).toEqual([
    ...['alike (2):', '- i-a: stopped', '  zone a', '  why', '- no place', '- i-c', '- and 1 more'],
  ]);
});

import { describe, expect, test } from 'vitest';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';
import { parseJson, parseYaml } from '#lib/config/parse-config-text.ts';

function mistakes(read: () => unknown): readonly Mistake[] {
  try {
    throw new Error(`read: ${JSON.stringify(read())}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.mistakes;
  }
}
const places = (read: () => unknown) => mistakes(read).map(({ path, found }) => [path, found]);

describe('parseYaml', () => {
  test('reads a configuration, comments, times and dates as they are written', () => {
    const text = `# Ours
accounts: ['012345678901']
schedule: { from: 09:00, to: 16:00 }
calendar:
  daysOff:
    - { date: 2026-12-24, name: no }
rate: { probability: 0.25 }
leashed: true
`;
    expect(parseYaml(text, 'x')).toEqual({
      accounts: ['012345678901'],
      schedule: { from: '09:00', to: '16:00' },
      calendar: { daysOff: [{ date: '2026-12-24', name: 'no' }] },
      rate: { probability: 0.25 },
      leashed: true,
    });
  });

  test.each(['012345678901', '111111111111'])('refuses %s without quotes, and says how to write it', (id) => {
    expect(mistakes(() => parseYaml(`accounts:\n  - ${id}\n`, 'x'))).toEqual([
      { path: 'line 2', expected: `YAML reads this as a number: write "${id}", with quotes`, found: id },
    ]);
  });

  test('asks for a number without its leading zero, as a schema may want a number there', () => {
    expect(mistakes(() => parseYaml('schedule:\n  everyMinutes: 060\n', 'x'))).toEqual([
      { path: 'line 2', expected: 'write 60, or "060" if it is text', found: '060' },
    ]);
  });

  test('takes numbers that nobody could mean as an id', () => {
    expect(parseYaml('a: 0\nb: 0.5\nc: 60\n', 'x')).toEqual({ a: 0, b: 0.5, c: 60 });
  });

  test.each([
    ['a key that is there twice', 'a: 1\nb: 2\na: 3\n', 'line 3', '"a"'],
    ['the same of a list of accounts', 'accounts:\n  - id: x\n    id: y\n', 'line 3', '"id"'],
    ['an indentation that does not fit', 'accounts:\n - 1\n regions: x\n', 'line 3', '"regions: x"'],
    ['a tab', 'a:\n\tb: 1\n', 'line 2', '"b: 1"'],
    ['a tag that is not known', 'a: 1\nb: !include other.yaml\n', 'line 2', '"b: !include other.yaml"'],
    ['a second document', 'a: 1\n---\nb: 2\n', 'line 2', '"---"'],
  ])('refuses %s, and names the line', (_, text, path, found) => {
    expect(places(() => parseYaml(text, 'x'))).toContainEqual([path, found]);
  });

  test('stays YAML 1.2 where a directive says otherwise', () => {
    expect(parseYaml('%YAML 1.1\n---\nname: no\n', 'x')).toEqual({ name: 'no' });
  });

  test('refuses an alias of nothing, and one that unfolds to more than memory holds', () => {
    expect(places(() => parseYaml('a: *b\n', 'x'))).toEqual([['(root)', 'an alias']]);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [to, from] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair])) {
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    }
    expect(places(() => parseYaml(bomb.join('\n'), 'x'))).toEqual([['(root)', 'an alias']]);
  });

  test('is undefined when there is nothing', () => {
    expect(parseYaml('# later\n', 'x')).toBeUndefined();
  });
});

describe('parseJson', () => {
  test('reads what JSON.parse reads, behind a byte order mark too', () => {
    expect(parseJson('\uFEFF{\n\t"a": [1, "x"]\n}', 'x')).toEqual({ a: [1, 'x'] });
  });

  test.each([
    ['a comma too many', '{\n  "a": 1,\n}', 'line 3'],
    ['a comment', '{\n  // no\n  "a": 1\n}', 'line 2'],
    ['a number with a zero in front', '{\n  "a": 012345678901\n}', 'line 2'],
    ['an end that comes too early', '{\n  "a": [1,\n', 'line 2'],
    ['a key that is there twice', '{\n\t"a": 1,\n\t"b": 2,\n\t"a": 3\n}', 'line 4'],
  ])('refuses %s, and names the line', (_, text, line) => {
    expect(mistakes(() => parseJson(text, 'x')).map(({ path }) => path)).toEqual([line]);
  });

  const after = '\n  "a": {\n    "b": [1, 2],\n    "c": null\n  }\n}\n';
  test.each([
    ['a word of Python', '"leashed": True,', "'T'"],
    ['single quotes', '"leashed": \'yes\',', "'''"],
    ['a misspelled word', '"leashed": tru,', "','"],
    ['no value', '"leashed": ,', "','"],
    ['a comment', '"leashed": # no', "'#'"],
  ])('names the line of %s, for which V8 has none', (_, line, token) => {
    expect(mistakes(() => parseJson(`{\n  "z": 1,\n  ${line}${after}`, 'x'))).toEqual([
      { path: 'line 3', expected: `Unexpected token ${token}`, found: JSON.stringify(line) },
    ]);
  });

  test('names the token in a short text, which V8 quotes in full', () => {
    expect(mistakes(() => parseJson('{"a": True}', 'x'))).toEqual([
      { path: 'line 1', expected: "Unexpected token 'T'", found: JSON.stringify('{"a": True}') },
    ]);
  });

  test('is undefined when there is nothing', () => {
    expect(parseJson(' \n', 'x')).toBeUndefined();
  });
});

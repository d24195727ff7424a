import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isSeq, parseDocument, parse as parseYaml } from 'yaml';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { setValues } from '#core/experiment/file/set-values.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { repository } from '../../../support/child-process.ts';
import { known } from './known.ts';

const text = `# Of the shop.
version: chaos/v1
title: What if listImages is slow?
hypothesis: { if: it takes 300 ms longer, then: pages load within 800 ms }
owner:
tags: [latency] # for finding it
steadyState:
  probes:
    - name: page
      type: http
      url: https://shop.example.com/
      every: 200ms
      tolerance: { bad: 5% }
    - { name: 0ld, type: http, url: https://shop.example.com/old, tolerance: { bad: 5% } }
method:
  - name: slow
    fault: lambda-latency
    parameters: { ms: 300 }
    target:
      kind: function
      tags: { app: shop, app.kubernetes.io/name: web }
      select:
        count: 1
    duration: 90s
notes: |
  Two
  lines.
recovery: { within: 2m }
`;

function set(...settings: readonly string[]): unknown {
  return parseYaml(setValues(text, settings));
}

function mistakeOf(setting: string, given = text): string {
  try {
    setValues(given, [setting]);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  throw new Error('it was set');
}

describe('setValues', () => {
  test('changes nothing but the value, and keeps every line where it is', () => {
    expect(setValues(text, ['steadyState.probes.page.url=https://staging.example.com/?a=b#c'])).toBe(
      text.replace('https://shop.example.com/\n', '"https://staging.example.com/?a=b#c"\n'),
    );
    expect(setValues(text, ['tags[0]=slow'])).toBe(text.replace('[latency]', '["slow"]'));
    expect(setValues(text, ['owner=team-shop'])).toBe(text.replace('owner:', 'owner: "team-shop"'));
    expect(setValues(text, ['notes=none'])).toBe(text.replace('|\n  Two\n  lines.', '"none"'));
    expect(setValues(text, [])).toBe(text);
  });

  test.each([
    ['steadyState.probes[0].every=1s', { steadyState: { probes: [{ every: '1s' }, {}] } }],
    ['steadyState.probes.1.url=x', { steadyState: { probes: [{}, { url: 'x' }] } }],
    ['steadyState.probes.0ld.url=x', { steadyState: { probes: [{}, { url: 'x' }] } }],
    [
      'method.slow.target.tags.app.kubernetes.io/name=api',
      { method: [{ target: { tags: { app: 'shop' } } }] },
    ],
    ['method.slow.target.select=all', { method: [{ target: { select: 'all' } }] }],
    ['method.slow.parameters.ms=600', { method: [{ parameters: { ms: 600 } }] }],
    ['method.slow.parameters.ms="600"', { method: [{ parameters: { ms: '600' } }] }],
    ['title="What if: x, {y}"', { title: 'What if: x, {y}' }],
    ['hypothesis.if=a, b} and [c', { hypothesis: { if: 'a, b} and [c' } }],
    ['title=', { title: null }],
  ])('%s', (setting, expected) => {
    expect(set(setting)).toMatchObject(expected);
  });

  test('takes the later of two for the same place', () => {
    expect(set('owner=a', 'owner=b')).toMatchObject({ owner: 'b' });
  });

  test.each([
    ['owner', '(root): expected PATH=VALUE'],
    ['title=a # b', `title: expected one value; a text that YAML takes for more is quoted: 'title="..."'`],
    ['title=# b', 'title: expected one value'],
    ['title=--- b', 'title: expected one value'],
    [
      '=x',
      'expected what is there: version, title, hypothesis, owner, tags, steadyState, method, notes, recovery',
    ],
    [
      'steadyState.probs.page.url=x',
      'steadyState: expected what is there: probes, found "probs.page.url"; did you mean probes?',
    ],
    [
      'steadyState.probes.pag.url=x',
      'steadyState.probes: expected what is there: page, 0ld, found "pag.url"; did you mean page?',
    ],
    ['tags[1]=x', 'tags: expected what is there: 0, found "[1]"'],
    ['method[0].fault.x=1', 'method[0].fault: expected no more: nothing is below it, found "x"'],
    [
      'title=a: b',
      `title: expected one value; a text that YAML takes for more is quoted: 'title="..."', found "a: b"`,
    ],
    ['tags=[a, b]', 'tags: expected one value'],
    ['title=*x', 'title: expected one value'],
    ['__proto__.x=1', 'expected what is there: version'],
  ])('refuses %s, and says what is there', (setting, words) => {
    expect(mistakeOf(setting)).toContain(words);
    expect(mistakeOf(setting)).toMatch(/^--set .* is not valid:\n {2}/);
  });

  test('leaves what is no YAML to whoever reads it', () => {
    expect(setValues('a: [', ['a=1'])).toBe('a: [');
  });

  test('mistakes in what was set have the path and the line of the file', () => {
    const changed = setValues(text, ['owner=team-shop', 'method.slow.duration=90']);
    expect(() => readExperiment(changed, 'slow.yaml', known)).toThrow(
      /method\[0\]\.duration \(line 24, column \d+\): .*found 90/,
    );
  });

  const samples = readdirSync(`${repository}/experiments`).filter((name) => name.endsWith('.yaml'));
  test('any text can stand anywhere in any sample, and everything else stays', () => {
    const places = samples.flatMap((name) => {
      const sample = readFileSync(`${repository}/experiments/${name}`, 'utf8');
      return pathsOf(parseDocument(sample).contents).map((path) => ({ sample, path }));
    });
    expect(places.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.string({ unit: fc.constantFrom(...'ab1 ,:#{}[]"\'\\%$é\n') }),
        ({ sample, path }, value) => {
          const wanted = parseDocument(sample);
          wanted.setIn(path, value);
          const setting = `${path.map(String).join('.')}=${JSON.stringify(value)}`;
          expect(parseYaml(setValues(sample, [setting]))).toEqual(wanted.toJS());
        },
      ),
    );
  });
});

function pathsOf(
  node: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  const below = isMap(node)
    ? node.items.flatMap(({ key, value }) => pathsOf(value, [...path, String(key)]))
    : isSeq(node)
      ? node.items.flatMap((value, index) => pathsOf(value, [...path, index]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}

import { describe, expect, test } from 'vitest';
import { experimentsPage } from '#bin/generate/experiments-page.ts';
import { known } from '../../core/experiment/file/known.ts';

const names = [
  'version, title, hypothesis, owner, tags, notes, steadyState, observations, load, method, stopConditions',
  'ramp, recovery, schedule, notify',
];
const listing = (lists: readonly string[]) =>
  ['probes: others', ...lists.map((list) => `keys: ${list}`)]
    .map((list) => `<!-- ${list} -->\n<!-- end -->\n`)
    .join('\n');
const page = experimentsPage(listing(names), known);
const lineOf = (key: string) => page.split('\n').filter((line) => line.startsWith(`- \`${key}\``));

describe('experimentsPage', () => {
  test('has each key once, whatever the fault or the type of probe', () => {
    const keys = page.split('\n').flatMap((line) => /^- `([^`]+)`/.exec(line)?.slice(1) ?? []);
    expect(keys.filter((key) => key.includes('[]'))).toEqual(
      [...new Set(keys)].filter((key) => key.includes('[]')),
    );
    expect(keys).toContain('steadyState.probes[].every');
    expect(keys).toContain('method[].observe');
    expect(keys).not.toContain('steadyState.probes[].url');
  });

  test('names the faults, the kinds and the types, and says only what is true of all', () => {
    expect(page.replaceAll('\n  ', ' ')).toMatch(
      /- `method\[\]\.fault` \(required\): One of `s3-cors`, .*`ec2-terminate`/,
    );
    expect(lineOf('steadyState.probes[].every')[0]).toMatch(/\(a time\): /);
  });

  test('throws where the page leaves out a key', () => {
    expect(() => experimentsPage(listing(names.slice(0, 1)), known)).toThrow(
      'docs/experiments.md does not list ramp',
    );
  });
});

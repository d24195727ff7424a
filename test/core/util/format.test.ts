import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultText } from '#core/model/fault-text.ts';
import { counted, durationText, oneLine, tally } from '#core/util/format.ts';

describe('counted', () => {
  test('speaks of one in the singular and groups thousands', () => {
    expect([counted(0, 'group'), counted(1, 'group'), counted(39_000, 'group')]).toEqual([
      '0 groups',
      '1 group',
      '39,000 groups',
    ]);
  });
});

describe('oneLine', () => {
  test('joins lines and drops control characters', () => {
    expect(oneLine(' one\r\n\ttwo\u0000\u001b[31m\u202ethree ', 100)).toBe('one two [31m three');
  });

  test('leaves what just fits and cuts what does not', () => {
    expect(oneLine('abcdefghij', 10)).toBe('abcdefghij');
    expect(oneLine('abcdefghijk', 10)).toBe('abcdefg...');
  });

  test('whatever the text, the line is in bounds, on one line and well-formed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 5, max: 40 }),
        (text, max) => {
          const line = oneLine(text, max);
          expect(line.length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/[\n\r\p{Cc}]/u);
          expect(line.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test('does not leave half a character behind', () => {
    expect(oneLine('ab\u{1F412}\u{1F412}\u{1F412}', 6)).toBe('ab...');
  });
});

describe('faultText', () => {
  test('a fault without parameters is its name', () => {
    expect(faultText({ name: 'ec2-stop', parameters: {} })).toBe('ec2-stop');
    expect(faultText({ name: 'ec2-stop', parameters: undefined })).toBe('ec2-stop');
  });

  test('parameters follow in parentheses', () => {
    expect(faultText({ name: 'cpu', parameters: { via: 'ssm', cores: 2, only: ['a'], most: null } })).toBe(
      'cpu (via ssm, cores 2, only ["a"])',
    );
  });
});

describe('durationText', () => {
  test.each([
    [-5, '0 s'],
    [499, '0 s'],
    [45_000, '45 s'],
    [59_600, '1 min'],
    [192_000, '3 min 12 s'],
    [180_000, '3 min'],
    [3_599_000, '59 min 59 s'],
    [3_600_000, '1 h'],
    [3_779_000, '1 h 2 min'],
    [90_000_000, '25 h'],
  ])('%i ms are %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('tally', () => {
  test('puts the most frequent first, and equals in the order of their names', () => {
    const counts: [string, number][] = [
      ['b', 1],
      ['c', 3000],
      ['a', 1],
    ];
    expect(tally(counts)).toBe('c 3,000, a 1, b 1');
    expect(tally(counts.toReversed())).toBe('c 3,000, a 1, b 1');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible } from '#core/util/visible.ts';

describe('visible', () => {
  test.each([
    ['plain text, カオス and \u{1F412}', 'plain text, カオス and \u{1F412}'],
    ['\u001b[2J\u0007', '\\u001b[2J\\u0007'],
    ['a\nb\tc\r', 'a\\u000ab\\u0009c\\u000d'],
    ['\u202egpj.exe', '\\u202egpj.exe'],
    ['\u009b31m', '\\u009b31m'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['half \ud83d', 'half \\ud83d'],
    ['\u{e0041}', '\\udb40\\udc41'],
  ])('spells out what cannot be seen in %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('means the same in a JSON string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text);
      }),
    );
  });
});

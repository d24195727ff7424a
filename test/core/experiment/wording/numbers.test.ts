import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oddsText, partText, shareText, tookText, valueText } from '#core/experiment/wording/numbers.ts';

describe('numbers for people', () => {
  test.each([
    [0, '0 %'],
    [0.00001, '< 0.01 %'],
    [0.0027, '0.27 %'],
    [0.05, '5 %'],
    [0.0861, '8.6 %'],
    [0.5134, '51.3 %'],
    [0.9999, '99.99 %'],
    [0.999999, '99.99 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(shareText(share)).toBe(text));

  test('neither 0 % nor 100 % is said of less and more than that', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
        (share) => {
          expect(['0 %', '100 %']).not.toContain(shareText(share));
        },
      ),
    );
  });

  test.each([
    [155.4, 'ms', '155 ms'],
    [0.4, 'ms', '0.4 ms'],
    [2_104, 'ms', '2.1 s'],
    [1_234.5, 'messages', '1,235 messages'],
    [7, undefined, '7'],
  ])('a value of %d %s is %s', (value, unit, text) => expect(valueText(value, unit)).toBe(text));

  test.each([
    [40, '40 ms'],
    [900, '900 ms'],
    [11_940, '11.9 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms are %s', (ms, text) => expect(tookText(ms)).toBe(text));

  test.each([
    [200, '200 to 1'],
    [3_141_592, '3,140,000 to 1'],
    [1e120, 'more than 1,000,000,000 to 1'],
  ])('evidence of %d is %s', (odds, text) => expect(oddsText(odds)).toBe(text));

  test('a part of nothing has no share', () => {
    expect(partText(0, 0)).toBe('0 of 0');
    expect(partText(4, 1_500)).toBe('4 of 1,500 (0.27 %)');
  });
});

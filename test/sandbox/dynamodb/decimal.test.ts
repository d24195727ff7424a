import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, compareDecimals, normalDecimal, subtractDecimals } from '#sandbox/dynamodb/decimal.ts';

/** A number of up to 30 digits with `scale` of them behind the point, and the same as a whole number of parts. */
const decimal = (scale: number) =>
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((units) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const text = `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return { units, text };
  });

describe('decimals', () => {
  test('are added and subtracted exactly, 38 digits and more', () => {
    fc.assert(
      fc.property(decimal(7), decimal(7), (a, b) => {
        const asUnits = (text: string) => {
          const [whole = '', fraction = ''] = text.replace('-', '').split('.');
          return BigInt(`${text.startsWith('-') ? '-' : ''}${whole}${fraction.padEnd(7, '0')}`);
        };
        expect(asUnits(addDecimals(a.text, b.text))).toBe(a.units + b.units);
        expect(asUnits(subtractDecimals(a.text, b.text))).toBe(a.units - b.units);
      }),
    );
  });

  test('are in the order of their values, however they are written', () => {
    fc.assert(
      fc.property(decimal(7), decimal(7), (a, b) => {
        expect(compareDecimals(a.text, b.text)).toBe(a.units < b.units ? -1 : a.units > b.units ? 1 : 0);
      }),
    );
    expect(compareDecimals('5e-1', '0.50')).toBe(0);
    expect(compareDecimals('1E2', '99.9')).toBe(1);
    expect(compareDecimals('-1', '.5')).toBe(-1);
  });

  test('have one normal form', () => {
    expect(['1.0', '+1', '10e-1', '0.1e1', '-0', '1e3', '00.50'].map(normalDecimal)).toEqual([
      '1',
      '1',
      '1',
      '1',
      '0',
      '1000',
      '0.5',
    ]);
  });

  test('are told from what is not a number', () => {
    expect(['', '.', 'e1', 'one', '1 2', 'NaN', 'Infinity', '0x1'].map(normalDecimal)).toEqual(
      Array.from({ length: 8 }, () => undefined),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayDraws, draws } from '#core/draws/draw.ts';
import { countsOf, unevenness } from '../../support/chi-squared.ts';

describe('draws', () => {
  test('are the same for the same secret, slot and group, and depend on each', () => {
    const number = (secret: string, slot: string, purpose: string, group: string) =>
      draws(secret, slot).number(purpose, group);
    const one = number('s', '1', 'strike', 'web');
    expect(number('s', '1', 'strike', 'web')).toBe(one);
    const others = [
      number('t', '1', 'strike', 'web'),
      number('s', '2', 'strike', 'web'),
      number('s', '1', 'fault', 'web'),
      number('s', '1', 'strike', 'api'),
    ];
    expect(new Set([one, ...others]).size).toBe(5);
  });

  test('do not change between versions: a plan announced today holds after an update', () => {
    expect(draws('secret', '2026-11-23T09:00:00Z').number('strike', 'web')).toBeCloseTo(
      0.9492035586584435,
      12,
    );
    const ids = ['i-a', 'i-b', 'i-c', 'i-d'];
    expect(draws('secret', '2026-11-23T09:00:00Z').oneOf('target', 'web', ids)).toBe('i-b');
  });

  test('numbers lie in [0, 1)', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (slot, group) => {
        const number = draws('secret', slot).number('strike', group);
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThan(1);
      }),
    );
  });

  test('tuples that would read the same when joined are different draws', () => {
    const joined = draws('secret', 'slot');
    expect(joined.number('a', 'b,c')).not.toBe(joined.number('a,b', 'c'));
  });

  test('numbers are uniform', () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 50_000; index += 1) {
      const bin = Math.floor(draws('secret', `slot-${index}`).number('strike', 'web') * 10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    expect(unevenness(counts)).toBeLessThan(1);
  });

  test('each name is equally likely', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const chosen = Array.from({ length: 20_000 }, (_, index) =>
      draws('secret', `slot-${index}`).oneOf('target', 'web', names),
    );
    expect(unevenness(countsOf(names, chosen))).toBeLessThan(1);
  });

  test('a choice stands while it is there, in whatever order and company', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }),
        fc.string(),
        fc.func(fc.boolean()),
        (names, slot, keep) => {
          const { oneOf } = draws('secret', slot);
          const chosen = oneOf('target', 'web', names);
          const fewer = names.filter((name) => name === chosen || keep(name)).reverse();
          expect(oneOf('target', 'web', fewer)).toBe(chosen);
        },
      ),
    );
  });

  test('there is nothing to choose among none', () => {
    expect(draws('secret', 'slot').oneOf('target', 'web', [])).toBeUndefined();
  });
});

describe('dayDraws', () => {
  const number = (secret: string, day: string) => dayDraws(secret, day).number('strike', 'web');

  test('are the same all day, and other ones with another secret or on another day', () => {
    const monday = number('s', '2026-11-23');
    expect(number('s', '2026-11-23')).toBe(monday);
    expect(number('t', '2026-11-23')).not.toBe(monday);
    expect(number('s', '2026-11-24')).not.toBe(monday);
  });

  test('are no draws of any slot, whatever a slot is called', () => {
    const day = '2026-11-23';
    for (const slot of [day, `${day}T09:00:00Z`, `adhoc/${day}`]) {
      expect(draws('s', slot).number('strike', 'web')).not.toBe(number('s', day));
    }
  });

  test('do not change between versions either', () => {
    expect(number('secret', '2026-11-23')).toBeCloseTo(0.47085260625002867, 12);
  });
});

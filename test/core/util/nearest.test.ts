import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest, orNearest } from '#core/util/nearest.ts';

describe('nearest', () => {
  test.each([
    ['dryrun', ['force', 'dryRun', 'slot'], 'dryRun'],
    ['eu-wset-1', ['us-west-1', 'eu-west-1', 'eu-west-2'], 'eu-west-1'],
    ['leash', ['leashed', 'rate'], 'leashed'],
    ['wbe', ['api', 'web'], 'web'],
    ['min-healthy', ['minHealthy'], 'minHealthy'],
    ['checkuot', ['checkout', 'checkout-blue'], 'checkout'],
    ['asg_group_name', ['groups', 'regions'], 'groups'],
    ['target_accounts', ['accounts'], 'accounts'],
    ['id', ['accounts', 'tags'], undefined],
    ['payments', ['search', 'web'], undefined],
    ['web', [], undefined],
    ['', ['web'], undefined],
  ])('of "%s" among %j is %s', (name, names, near) => {
    expect(nearest(name, names)).toBe(near);
  });

  test('of several alike the first, and one that is nearer before all', () => {
    expect(nearest('web-0', ['web-1', 'web-2'])).toBe('web-1');
    expect(nearest('web-blue', ['web-bleu-2', 'web-blues'])).toBe('web-blues');
  });

  test('of ids is one that is a single slip away: further off it is another account', () => {
    expect(nearest('222222222223', ['222222222222'])).toBe('222222222222');
    expect(nearest('222222223333', ['222222222222'])).toBeUndefined();
  });

  test('counts as many slips as the whole table of them would, up to three', () => {
    const word = fc.stringMatching(/^[ab]{9,14}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const slips = slipsBetween(a, b);
        // One that is a part of the other is near all the same.
        const isNear = slips <= 3 || a.includes(b) || b.includes(a);
        expect(nearest(a, [b])).toBe(isNear ? b : undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds a name with any one slip of the pen', () => {
    const name = fc.stringMatching(/^[a-z]{6,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('drop', 'add', 'swap'), (known, at, slip) => {
        const place = at % (known.length - 1);
        const [before, pair, after] = [
          known.slice(0, place),
          known.slice(place, place + 2),
          known.slice(place + 2),
        ];
        const swapped = pair.split('').reverse().join('');
        const wrong = { drop: pair.slice(1), add: `${pair}q`, swap: swapped }[slip];
        expect(nearest(before + wrong + after, ['zzzzzzzzzzzz', known])).toBe(known);
      }),
    );
  });

  test('is said where there is one', () => {
    expect(orNearest('wbe', ['web'])).toBe('; did you mean web?');
    expect(orNearest('payments', ['web'])).toBe('');
  });
});

/** Optimal string alignment by its definition. */
function slipsBetween(a: string, b: string): number {
  const table = new Map<string, number>();
  const at = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const known = table.get(key);
    if (known !== undefined) return known;
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const found = Math.min(
      at(i - 1, j) + 1,
      at(i, j - 1) + 1,
      at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
    );
    table.set(key, found);
    return found;
  };
  return at(a.length, b.length);
}

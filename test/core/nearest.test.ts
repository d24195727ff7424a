import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest, orNearest } from '#core/nearest.ts';

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

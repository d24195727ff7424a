import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foundText } from '#core/util/found-text.ts';

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const circle: Record<string, unknown> = { name: 'circle' };
circle.self = circle;

describe('foundText', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a list', [1, 'two', { three: [true] }], '[1,"two",{"three":[true]}]'],
    ['a number that JSON does not have', Number.NaN, 'NaN'],
    ['a BigInt', 12n, '12n'],
    ['a BigInt inside', { count: [12n] }, '{"count":[12n]}'],
    ['a symbol', Symbol('one'), 'Symbol(one)'],
    ['a function', { run: () => 1 }, '{"run":a function}'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['a date that is none', new Date('no date'), 'null'],
    ['a member that is undefined', { a: undefined }, '{"a":undefined}'],
    [
      'a getter that throws',
      {
        get secret() {
          throw new Error('no');
        },
      },
      '(cannot be read)',
    ],
    ['lists nested 5,000 deep', nested(5_000), '[[[[[[[[...]]]]]]]]'],
    ['control characters', '\u001b[31m\u202e\n', '"\\u001b[31m\\u202e\\n"'],
    ['control characters in a key', { '\u009b': 1 }, '{"\\u009b":1}'],
    ['a key that is the prototype in other places', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('of %s', (_, value, text) => {
    expect(foundText(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ['nested 5,000 deep', nested(5_000)],
    ['nested 500,000 deep', nested(500_000)],
    ['in a circle', circle],
    ['a long text', 'x'.repeat(1_000_000)],
    ['a long list', Array.from({ length: 1_000_000 }, (_, index) => index)],
    ['a long key', { ['x'.repeat(100_000)]: 1 }],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
    ['a revoked proxy', revoked()],
  ])('of a value %s is one short line', (_, value) => {
    const text = foundText(value);
    expect(text.length).toBeGreaterThan(3);
    expect(text.length).toBeLessThanOrEqual(80);
  });

  test('is the JSON of whatever JSON fits', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }).filter((value) => JSON.stringify(value).length <= 80),
        (value) => {
          expect(foundText(value)).toBe(JSON.stringify(value).replaceAll('\u007f', '\\u007f'));
        },
      ),
    );
  });

  test('of anything at all is one line of at most 80 characters', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        const text = foundText(value);
        expect(text.length).toBeLessThanOrEqual(80);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parse } from '#core/util/parse.ts';
import { bodyCheck, bodyExpectations } from '#probes/shared/body-expectations.ts';

const schema = z.strictObject(bodyExpectations);
/** As long as it takes, on the slowest of machines. */
const check = (expectations: object, mostMs = 100_000) =>
  bodyCheck(parse(schema, expectations, 'expect'), mostMs);

describe('bodyCheck', () => {
  test('is nothing where nothing is expected: the body need not be read', () => {
    expect(check({})).toBeUndefined();
  });

  const images = { images: ['a', 'b'], count: 2, ok: true, next: null, user: { name: 'hidden' } };

  test.each([
    [{ '$.count': 2 }, undefined],
    [{ '$.count': 3 }, '$.count is 2'],
    [{ '$.count': { min: 2, max: 2 } }, undefined],
    [{ '$.count': { max: 1 } }, '$.count is 2'],
    [{ '$.count': '2' }, '$.count is 2'],
    [{ '$.images.length': { min: 1 } }, undefined],
    [{ '$.images.length': { min: 3 } }, '$.images.length is 2'],
    [{ '$.images[0]': 'a' }, undefined],
    [{ '$.images[*]': 'a' }, '$.images[*] is another text'],
    [{ '$.images[2]': 'a' }, '$.images[2] is not there'],
    [{ '$.user.length': { min: 1 } }, '$.user.length is not there'],
    [{ '$.ok': true, '$.next': null }, undefined],
    [{ '$.ok': false }, '$.ok is true'],
    [{ '$.user': 'x' }, '$.user is no plain value'],
    [{ '$.user.name': { min: 1 } }, '$.user.name is another text'],
    [{ "$.images[?@ == 'b']": 'b' }, undefined],
  ])('%j: %s', (jsonPath, mistake) => {
    expect(check({ jsonPath })?.(JSON.stringify(images))).toBe(mistake);
  });

  test('a member that is named length goes before the length', () => {
    expect(check({ jsonPath: { '$.box.length': 30 } })?.('{"box":{"length":30}}')).toBeUndefined();
  });

  test('what is no JSON has no values', () => {
    expect(check({ jsonPath: { '$.a': 1 } })?.('<html>')).toBe('the body is no JSON');
  });

  test('a pattern matches anywhere', () => {
    const found = check({ body: { matches: 'order \\d+' } });
    expect(found?.('<p>order 7</p>')).toBeUndefined();
    expect(found?.('<p>order seven</p>')).toBe('the body does not match');
  });

  test('one that a body makes slow is cut off once and for all', () => {
    const [matches, text] = ['x.*y', 'x'.repeat(1_000_000)];
    const found = check({ body: { matches } }, 20);
    expect(() => found?.(text)).toThrow('took longer than 20 ms');
    expect(() => found?.('')).toThrow('took longer than 20 ms');
    expect(check({ body: { matches } })?.('')).toBe('the body does not match');
  });

  test('no body makes it throw anything else', () => {
    const found = check({ body: { matches: 'a' }, jsonPath: { '$..a': 1, '$.b.length': 1 } });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(typeof (found?.(body) ?? '')).toBe('string');
      }),
      { numRuns: 50 },
    );
  });

  test('no text of a body is in what it says', () => {
    const secret = 'hidden-in-the-body';
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constant(secret),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.record({ a: tie('any') }),
      ),
    })).any;
    const found = check({ body: { matches: '.' }, jsonPath: { '$.a': 'x', '$.b': { min: 1 } } });
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(found?.(JSON.stringify({ a, b }))).not.toContain(secret);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [{ body: { matches: '(' } }, 'body.matches: expected a regular expression'],
    [{ body: { matches: '^(a+)+$' } }, 'body.matches: expected a regular expression that is quick'],
    [{ body: {} }, 'body.matches: expected a regular expression'],
    [{ jsonPath: { '$.a b': 1 } }, 'expected a JSONPath'],
    [{ jsonPath: { "$[?search(@, '(a+)+')]": 1 } }, 'expected a JSONPath'],
    [{ jsonPath: { '$.a': {} } }, 'expected min, max or both'],
    [{ jsonPath: { '$.a': { least: 1 } } }, 'unknown key'],
  ])('%j is refused', (expectations, message) => {
    expect(() => check(expectations)).toThrow(message);
  });
});

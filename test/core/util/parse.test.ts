import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { InvalidInput, parse } from '#core/util/parse.ts';

const thrown = (schema: z.ZodType, input: unknown): unknown => {
  try {
    return parse(schema, input, 'the input');
  } catch (error) {
    return error;
  }
};
const found = (schema: z.ZodType, input: unknown) =>
  (thrown(schema, input) as InvalidInput).mistakes.map((mistake) => mistake.found);

describe('parse', () => {
  test('throws an error by its own name, which says what was read', () => {
    const error = thrown(z.strictObject({}), { one: 1, two: [2] });
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({
      name: 'InvalidInput',
      message: [
        'the input is not valid:',
        '  one: unknown key, found 1',
        '  two: unknown key, found [2]',
      ].join('\n'),
    });
  });

  test.each([
    ['an absent key', {}],
    ['null', { schedule: null }],
    ['a text', { schedule: 'to' }],
  ])('a mistake below %s finds nothing there', (_, input) => {
    const schedule = z.any().refine(() => false, { path: ['length'] });
    expect(found(z.object({ schedule }), input)).toEqual(['nothing']);
  });

  test.each([
    [z.number().min(1), 0, 'expected a number, at least 1'],
    [z.number().max(1), 2, 'expected a number, at most 1'],
    [z.int().min(1).max(9).nullable().default(1), 1.5, 'expected an integer from 1 to 9, or null'],
    [z.number(), Number.NaN, 'expected a number'],
    [z.union([z.string(), z.number().min(1)]), 0, 'expected at least 1'],
    [z.string().min(2), 'a', 'expected at least 2 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'expected at most 1 item'],
    [z.enum(['a', 'b']), 'c', 'expected "a" or "b"'],
    [z.string().startsWith('a'), 'b', 'expected it to start with "a"'],
    [z.object({ list: z.array(z.int().max(2)) }), { list: [3] }, 'expected an integer, at most 2'],
  ])('words what a schema expects that does not word it itself: %#', (schema, input, expected) => {
    expect((thrown(schema, input) as InvalidInput).mistakes).toMatchObject([{ expected }]);
  });

  test('what was found is cut to 80 characters', () => {
    const quoted = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(found(z.number(), 'x'.repeat(78))).toEqual([quoted(80)]);
    expect(found(z.number(), 'x'.repeat(79))).toEqual([`${quoted(81).slice(0, 77)}...`]);
  });
});

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

  test('what was found is cut to 80 characters', () => {
    const quoted = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(found(z.number(), 'x'.repeat(78))).toEqual([quoted(80)]);
    expect(found(z.number(), 'x'.repeat(79))).toEqual([`${quoted(81).slice(0, 77)}...`]);
  });
});

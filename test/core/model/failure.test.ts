import { describe, expect, test } from 'vitest';
import { failure } from '#core/model/failure.ts';

const message = (length: number) => failure('survey', new Error('x'.repeat(length))).message;

describe('failure', () => {
  test.each<[string, unknown, { code: string; message: string }]>([
    ['an error', new Error('no'), { code: 'Error', message: 'no' }],
    [
      "one with AWS's name",
      Object.assign(new Error('no'), { name: 'AccessDenied' }),
      { code: 'AccessDenied', message: 'no' },
    ],
    ['a text', 'no', { code: 'Error', message: 'no' }],
    ['nothing', undefined, { code: 'Error', message: 'undefined' }],
  ])('of %s has a code and a message', (_, thrown, expected) => {
    expect(failure('survey', thrown)).toEqual({ stage: 'survey', ...expected });
  });

  test('of more than 400 characters ends in dots', () => {
    expect(message(400)).toBe('x'.repeat(400));
    expect(message(401)).toBe(`${'x'.repeat(397)}...`);
  });
});

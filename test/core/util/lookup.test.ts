import { expect, test } from 'vitest';
import { asKnown } from '#core/util/lookup.ts';

test('asKnown gives what is known, or why it is not; it never rejects', async () => {
  expect(await asKnown(Promise.resolve(false))).toEqual({ known: false });
  expect(await asKnown(Promise.reject(new Error('AccessDenied')))).toEqual({ unknown: 'AccessDenied' });
  expect(await asKnown(Promise.reject('a text'))).toEqual({ unknown: 'a text' });
});

import { expect, test } from 'vitest';
import { lookUp } from '#core/util/lookup.ts';

test('lookUp gives what is known, or why it is not; it never rejects', async () => {
  expect(await lookUp(Promise.resolve(false))).toEqual({ ok: true, value: false });
  expect(await lookUp(Promise.reject(new Error('AccessDenied')))).toEqual({
    ok: false,
    reason: 'AccessDenied',
  });
  expect(await lookUp(Promise.reject('a text'))).toEqual({ ok: false, reason: 'a text' });
});

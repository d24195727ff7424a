import { expect, test } from 'vitest';
import { isPassing } from '#aws/clients/is-passing.ts';

const anError = (name: string, more: object = {}) => Object.assign(new Error('no'), { name, ...more });

test.each([
  ['throttled', anError('ThrottlingException', { $metadata: { httpStatusCode: 400 } }), true],
  ['too many', anError('TooManyRequestsException', { $metadata: { httpStatusCode: 429 } }), true],
  ['a trouble of AWS', anError('InternalFailure', { $metadata: { httpStatusCode: 500 } }), true],
  ['no answer in time', anError('TimeoutError'), true],
  ['a connection that was lost', anError('Error', { code: 'ECONNRESET' }), true],
  ['denied', anError('AccessDeniedException', { $metadata: { httpStatusCode: 403 } }), false],
  ['not there', anError('ResourceNotFoundException', { $metadata: { httpStatusCode: 404 } }), false],
  ['a mistake of ours', new TypeError('x is not a function'), false],
  ['no error', 'no', false],
])('%s: %#', (_, error, passes) => {
  expect(isPassing(error)).toBe(passes);
});

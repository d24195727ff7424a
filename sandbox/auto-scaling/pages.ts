import { InvalidNextToken } from '@aws-sdk/client-auto-scaling';
import { validationError } from './errors.ts';

/** The largest page of any Auto Scaling call. Source: API reference, MaxRecords. */
const maxPage = 100;

/** Throws if it is more than a page can hold. */
export function checkedPageSize(maxRecords: number): number {
  if (maxRecords >= 1 && maxRecords <= maxPage) return maxRecords;
  throw validationError(
    `1 validation error detected: Value '${maxRecords}' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to ${maxPage}`,
  );
}

export function invalidToken(token: string | undefined): Error {
  return new InvalidNextToken({
    message: `The token '${token}' is invalid.`,
    $metadata: { httpStatusCode: 400 },
  });
}

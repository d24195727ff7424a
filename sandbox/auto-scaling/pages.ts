import { InvalidNextToken } from '@aws-sdk/client-auto-scaling';
import { nextPage } from '../paging.ts';
import { validationError } from './errors.ts';

/** The largest page of any Auto Scaling call. Source: API reference, MaxRecords. */
const maxPage = 100;

/** The page that a call asks for, and the token of the next one. Throws if it asks for more than a page can hold. */
export function readPage<Value>(
  all: readonly Value[],
  {
    MaxRecords,
    NextToken,
  }: { readonly MaxRecords?: number | undefined; readonly NextToken?: string | undefined },
  defaultPage: number,
  keep: (value: Value) => boolean = () => true,
) {
  const size = MaxRecords ?? defaultPage;
  if (size < 1 || size > maxPage) {
    throw validationError(
      `1 validation error detected: Value '${size}' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to ${maxPage}`,
    );
  }
  const invalidToken = () =>
    new InvalidNextToken({
      message: `The token '${NextToken}' is invalid.`,
      $metadata: { httpStatusCode: 400 },
    });
  const { page, token } = nextPage(all, { size, token: NextToken, keep, invalidToken });
  return { page, next: token === undefined ? {} : { NextToken: token } };
}

import { NoSuchBucket, S3ServiceException } from '@aws-sdk/client-s3';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

/** Names and statuses: S3 API reference, "Error responses". */
export const s3Error = awsErrors(S3ServiceException);

export const s3Errors: CommonErrors = {
  throttled: () => s3Error('SlowDown', 'Please reduce your request rate.', 503),
  denied: (message) => s3Error('AccessDenied', message, 403),
  expired: () => s3Error('ExpiredToken', 'The provided token has expired.'),
  unknown: () =>
    s3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403),
};

export function noSuchBucket(): Error {
  return new NoSuchBucket({
    message: 'The specified bucket does not exist',
    $metadata: { httpStatusCode: 404 },
  });
}

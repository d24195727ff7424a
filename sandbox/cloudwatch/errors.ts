import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

const error = awsErrors(CloudWatchServiceException);

export const cloudWatchErrors: CommonErrors = {
  throttled: () => error('ThrottlingException', 'Rate exceeded'),
  denied: (message) => error('AccessDeniedException', message, 403),
  expired: () => error('ExpiredTokenException', 'The security token included in the request is expired', 403),
  unknown: () =>
    error('UnrecognizedClientException', 'The security token included in the request is invalid.', 403),
};

export function validationError(message: string): Error {
  return error('ValidationError', message);
}

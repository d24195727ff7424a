import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

const error = awsErrors(AutoScalingServiceException);

export const autoScalingErrors: CommonErrors = {
  throttled: () => error('Throttling', 'Rate exceeded'),
  denied: (message) => error('AccessDenied', message, 403),
  expired: () => error('ExpiredToken', 'The security token included in the request is expired', 403),
  unknown: () => error('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
};

export function validationError(message: string): Error {
  return error('ValidationError', message);
}

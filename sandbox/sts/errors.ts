import { STSServiceException } from '@aws-sdk/client-sts';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

const error = awsErrors(STSServiceException);

export const stsErrors: CommonErrors = {
  throttled: () => error('Throttling', 'Rate exceeded'),
  denied: (message) => error('AccessDenied', message, 403),
  expired: () => error('ExpiredToken', 'The security token included in the request is expired', 403),
  unknown: () => error('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
};

export function validationError(problem: string): Error {
  return error('ValidationError', problem);
}

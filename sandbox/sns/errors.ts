import {
  AuthorizationErrorException,
  InvalidParameterException,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

const error = awsErrors(SNSServiceException);

export const snsErrors: CommonErrors = {
  throttled: () => error('Throttling', 'Rate exceeded'),
  denied: (message) => new AuthorizationErrorException({ message, $metadata: { httpStatusCode: 403 } }),
  expired: () => error('ExpiredToken', 'The security token included in the request is expired', 403),
  unknown: () => error('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
};

export function invalidParameter(problem: string): Error {
  return new InvalidParameterException({
    message: `Invalid parameter: ${problem}`,
    $metadata: { httpStatusCode: 400 },
  });
}

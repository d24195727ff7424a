import {
  AuthorizationErrorException,
  InvalidParameterException,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import { awsErrors, queryErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

export const snsErrors: CommonErrors = {
  ...queryErrors(awsErrors(SNSServiceException)),
  denied: (message) => new AuthorizationErrorException({ message, $metadata: { httpStatusCode: 403 } }),
};

export function invalidParameter(problem: string): Error {
  return new InvalidParameterException({
    message: `Invalid parameter: ${problem}`,
    $metadata: { httpStatusCode: 400 },
  });
}

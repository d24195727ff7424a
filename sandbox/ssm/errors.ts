import { SSMServiceException } from '@aws-sdk/client-ssm';
import { awsErrors, jsonErrors } from '../aws-error.ts';

/** Names: the errors of each call in the API reference. */
export const ssmError = awsErrors(SSMServiceException);

export const ssmErrors = jsonErrors(ssmError);

export function validationError(message: string): Error {
  return ssmError('ValidationException', message);
}

import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { awsErrors, jsonErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

/** Names and statuses: the errors of each call in the API reference. */
export const lambdaError = awsErrors(LambdaServiceException);

export const lambdaErrors: CommonErrors = {
  ...jsonErrors(lambdaError, { denied: 403 }),
  throttled: () => lambdaError('TooManyRequestsException', 'Rate exceeded', 429),
};

export function notFound(what: string): Error {
  return lambdaError('ResourceNotFoundException', what, 404);
}

export function invalidParameter(problem: string): Error {
  return lambdaError('InvalidParameterValueException', problem);
}

export function preconditionFailed(): Error {
  return lambdaError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
  );
}

/** Of a call that the SDK's model does not let through either; `member` as the service writes it: `memorySize`. */
export function validationError(value: unknown, member: string, constraint: string): Error {
  return lambdaError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

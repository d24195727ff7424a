import { STSServiceException } from '@aws-sdk/client-sts';
import { awsErrors, queryErrors } from '../aws-error.ts';

const error = awsErrors(STSServiceException);

export const stsErrors = queryErrors(error);

export function validationError(problem: string): Error {
  return error('ValidationError', problem);
}

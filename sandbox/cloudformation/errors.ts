import { CloudFormationServiceException } from '@aws-sdk/client-cloudformation';
import { awsErrors, queryErrors } from '../aws-error.ts';

const error = awsErrors(CloudFormationServiceException);

export const cloudFormationErrors = queryErrors(error);

export function validationError(message: string): Error {
  return error('ValidationError', message);
}

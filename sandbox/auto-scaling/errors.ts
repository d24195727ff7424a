import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { awsErrors, queryErrors } from '../aws-error.ts';

const error = awsErrors(AutoScalingServiceException);

export const autoScalingErrors = queryErrors(error);

export function validationError(message: string): Error {
  return error('ValidationError', message);
}

import { ApplicationAutoScalingServiceException } from '@aws-sdk/client-application-auto-scaling';
import { awsErrors, jsonErrors } from '../aws-error.ts';

const error = awsErrors(ApplicationAutoScalingServiceException);

export const applicationAutoScalingErrors = jsonErrors(error);

export function validationException(message: string): Error {
  return error('ValidationException', message);
}

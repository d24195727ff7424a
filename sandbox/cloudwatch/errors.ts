import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { awsErrors, jsonErrors } from '../aws-error.ts';

const error = awsErrors(CloudWatchServiceException);

export const cloudWatchErrors = jsonErrors(error, { denied: 403 });

export function validationError(message: string): Error {
  return error('ValidationError', message);
}

import { SchedulerServiceException } from '@aws-sdk/client-scheduler';
import { awsErrors, jsonErrors } from '../aws-error.ts';

/** Names and statuses: the errors of each call in the API reference. */
export const schedulerError = awsErrors(SchedulerServiceException);

export const schedulerErrors = jsonErrors(schedulerError, { throttled: 429, denied: 403 });

export function validationError(message: string): Error {
  return schedulerError('ValidationException', message);
}

export function notFound(kind: 'Schedule' | 'Schedule group', name: string): Error {
  return schedulerError('ResourceNotFoundException', `${kind} ${name} does not exist.`, 404);
}

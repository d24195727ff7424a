import {
  InvalidAttributeName,
  InvalidAttributeValue,
  QueueDoesNotExist,
  RequestThrottled,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { awsErrors, jsonErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

const $metadata = { httpStatusCode: 400 };

export const sqsErrors: CommonErrors = {
  ...jsonErrors(awsErrors(SQSServiceException), { denied: 403 }),
  throttled: () => new RequestThrottled({ message: 'Request is throttled.', $metadata }),
};

export function noSuchQueue(): Error {
  return new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata });
}

export function invalidName(name: string): Error {
  return new InvalidAttributeName({ message: `Unknown Attribute ${name}.`, $metadata });
}

export function invalidPolicy(reason: string): Error {
  return new InvalidAttributeValue({
    message: `Invalid value for the parameter Policy. Reason: ${reason}.`,
    $metadata,
  });
}

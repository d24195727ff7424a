import {
  IAMServiceException,
  LimitExceededException,
  NoSuchEntityException,
  UnmodifiableEntityException,
} from '@aws-sdk/client-iam';
import { awsErrors, queryErrors } from '../aws-error.ts';

export const iamErrors = queryErrors(awsErrors(IAMServiceException));

export function noSuchEntity(message: string): Error {
  return new NoSuchEntityException({ message, $metadata: { httpStatusCode: 404 } });
}

export function limitExceeded(message: string): Error {
  return new LimitExceededException({ message, $metadata: { httpStatusCode: 409 } });
}

export function unmodifiable(message: string): Error {
  return new UnmodifiableEntityException({ message, $metadata: { httpStatusCode: 400 } });
}

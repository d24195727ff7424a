import {
  DynamoDBServiceException,
  LimitExceededException,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { awsErrors, jsonErrors } from '../aws-error.ts';

const error = awsErrors(DynamoDBServiceException);
const $metadata = { httpStatusCode: 400 };

export const dynamoDbErrors = jsonErrors(error);

export function validationError(message: string): Error {
  return error('ValidationException', message);
}

export function resourceInUse(message: string): Error {
  return new ResourceInUseException({ message, $metadata });
}

export function limitExceeded(message: string): Error {
  return new LimitExceededException({ message, $metadata });
}

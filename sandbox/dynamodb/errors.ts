import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { awsErrors, jsonErrors } from '../aws-error.ts';

const error = awsErrors(DynamoDBServiceException);

export const dynamoDbErrors = jsonErrors(error);

export function validationError(message: string): Error {
  return error('ValidationException', message);
}

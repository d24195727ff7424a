import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

const error = awsErrors(DynamoDBServiceException);

export const dynamoDbErrors: CommonErrors = {
  throttled: () => error('ThrottlingException', 'Rate of requests exceeds the allowed throughput.'),
  denied: (message) => error('AccessDeniedException', message),
  expired: () => error('ExpiredTokenException', 'The security token included in the request is expired'),
  unknown: () =>
    error('UnrecognizedClientException', 'The security token included in the request is invalid.'),
};

export function validationError(message: string): Error {
  return error('ValidationException', message);
}

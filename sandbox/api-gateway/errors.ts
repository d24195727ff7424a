import {
  AccessDeniedException,
  ApiGatewayV2ServiceException,
  BadRequestException,
  NotFoundException,
  TooManyRequestsException,
} from '@aws-sdk/client-apigatewayv2';
import { awsErrors, jsonErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

export const apiGatewayErrors: CommonErrors = {
  ...jsonErrors(awsErrors(ApiGatewayV2ServiceException), { denied: 403 }),
  throttled: () =>
    new TooManyRequestsException({ message: 'Too Many Requests', $metadata: { httpStatusCode: 429 } }),
  denied: (message) => new AccessDeniedException({ message, $metadata: { httpStatusCode: 403 } }),
};

export function notFound(id: string | undefined): Error {
  return new NotFoundException({
    message: `Invalid API identifier specified ${id}`,
    $metadata: { httpStatusCode: 404 },
  });
}

export function badRequest(message: string): Error {
  return new BadRequestException({ message, $metadata: { httpStatusCode: 400 } });
}

import type { ServiceException, ServiceExceptionOptions } from '@smithy/core/client';
import type { CommonErrors } from './common-errors.ts';

type MakeError = (name: string, message: string, httpStatusCode?: number) => Error;

/** Makes a service's errors as its SDK client would have read them from the wire. */
export function awsErrors(Exception: new (options: ServiceExceptionOptions) => ServiceException): MakeError {
  return (name, message, httpStatusCode = 400) =>
    new Exception({
      name,
      message,
      $fault: httpStatusCode < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode },
    });
}

/** The common errors of services that speak JSON. */
export function jsonErrors(
  error: MakeError,
  status: { throttled?: number; denied?: number } = {},
): CommonErrors {
  return {
    throttled: () => error('ThrottlingException', 'Rate exceeded', status.throttled),
    denied: (message) => error('AccessDeniedException', message, status.denied),
    expired: () =>
      error('ExpiredTokenException', 'The security token included in the request is expired', status.denied),
    unknown: () =>
      error(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        status.denied,
      ),
  };
}

/** The common errors of services that speak the query protocol. */
export function queryErrors(error: MakeError): CommonErrors {
  return {
    throttled: () => error('Throttling', 'Rate exceeded'),
    denied: (message) => error('AccessDenied', message, 403),
    expired: () => error('ExpiredToken', 'The security token included in the request is expired', 403),
    unknown: () =>
      error('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
  };
}

import type { ServiceException, ServiceExceptionOptions } from '@smithy/core/client';

/** Makes a service's errors as its SDK client would have read them from the wire. */
export function awsErrors(Exception: new (options: ServiceExceptionOptions) => ServiceException) {
  return (name: string, message: string, httpStatusCode = 400): Error =>
    new Exception({
      name,
      message,
      $fault: httpStatusCode < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode },
    });
}

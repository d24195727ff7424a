import { ServiceException } from '@smithy/core/client';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../service.ts';

export const fisError = awsErrors(ServiceException);

/** Names and statuses: FIS API reference, "Common Error Types". */
export const fisErrors: CommonErrors = {
  throttled: () => fisError('ThrottlingException', 'Rate exceeded', 429),
  denied: (message) => fisError('AccessDeniedException', message, 403),
  expired: () =>
    fisError('ExpiredTokenException', 'The security token included in the request is expired', 403),
  unknown: () =>
    fisError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403),
};

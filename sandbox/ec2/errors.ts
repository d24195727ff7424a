import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { awsErrors } from '../aws-error.ts';
import type { CommonErrors } from '../common-errors.ts';

/** Names and messages: EC2 API reference, "Error codes for the Amazon EC2 API". */
export const ec2Error = awsErrors(EC2ServiceException);

export const ec2Errors: CommonErrors = {
  throttled: () => ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503),
  denied: (message) =>
    ec2Error('UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`, 403),
  // EC2 says this of temporary credentials as well.
  expired: () => ec2Error('RequestExpired', 'Request has expired.'),
  unknown: () => ec2Error('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
};

import { ResourceGroupsTaggingAPIServiceException } from '@aws-sdk/client-resource-groups-tagging-api';
import { awsErrors, jsonErrors } from '../aws-error.ts';

export const taggingError = awsErrors(ResourceGroupsTaggingAPIServiceException);

export const taggingErrors = {
  ...jsonErrors(taggingError),
  throttled: () => taggingError('ThrottledException', 'Rate exceeded'),
};

export function invalidParameter(problem: string): Error {
  return taggingError('InvalidParameterException', problem);
}

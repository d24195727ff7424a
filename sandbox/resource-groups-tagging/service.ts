import type { Service } from '../service.ts';
import { taggingErrors } from './errors.ts';
import { getResources } from './get-resources.ts';

export const resourceGroupsTagging: Service = {
  client: 'ResourceGroupsTaggingAPIClient',
  operations: [getResources],
  errors: taggingErrors,
};

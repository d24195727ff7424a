import type { Service } from '../service.ts';
import { snsErrors } from './errors.ts';
import { publish } from './publish.ts';
import { getTopicAttributes, listTagsForResource, setTopicAttributes } from './topic-attributes.ts';

export const sns: Service = {
  client: 'SNSClient',
  operations: [publish, getTopicAttributes, setTopicAttributes, listTagsForResource],
  errors: snsErrors,
};

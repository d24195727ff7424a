import type { Service } from '../service.ts';
import { snsErrors } from './errors.ts';
import { listSubscriptionsByTopic } from './list-subscriptions.ts';
import { publish } from './publish.ts';
import { getTopicAttributes, listTagsForResource, setTopicAttributes } from './topic-attributes.ts';

export const sns: Service = {
  client: 'SNSClient',
  operations: [
    publish,
    listSubscriptionsByTopic,
    getTopicAttributes,
    setTopicAttributes,
    listTagsForResource,
  ],
  errors: snsErrors,
};

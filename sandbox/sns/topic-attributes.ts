import {
  type GetTopicAttributesInput,
  type GetTopicAttributesResponse,
  type ListTagsForResourceRequest,
  type ListTagsForResourceResponse,
  ResourceNotFoundException,
  type SetTopicAttributesInput,
} from '@aws-sdk/client-sns';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { findTopic, topicAccess } from './find-topic.ts';
import { checkPolicy } from './topic-policy.ts';

export const getTopicAttributes: Operation<GetTopicAttributesInput, GetTopicAttributesResponse> = {
  action: 'sns:GetTopicAttributes',
  inputs: ['TopicArn'],
  requires: ({ TopicArn }, scope) => [topicAccess('sns:GetTopicAttributes', TopicArn, scope)],
  run: ({ TopicArn }, scope) => {
    const { arn, policy } = findTopic(TopicArn, scope);
    return {
      Attributes: {
        TopicArn: arn,
        Owner: scope.region.account,
        Policy: policy.latest ?? '',
        DisplayName: '',
        SubscriptionsConfirmed: '0',
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
      },
    };
  },
};

export const setTopicAttributes: Operation<SetTopicAttributesInput, object> = {
  action: 'sns:SetTopicAttributes',
  inputs: ['TopicArn', 'AttributeName', 'AttributeValue'],
  requires: ({ TopicArn }, scope) => [topicAccess('sns:SetTopicAttributes', TopicArn, scope)],
  run: ({ TopicArn, AttributeName, AttributeValue = '' }, scope) => {
    const { arn, policy } = findTopic(TopicArn, scope);
    if (AttributeName !== 'Policy') throw new NotImplemented(`SetTopicAttributes of ${AttributeName}`);
    // A topic always has a policy: '' is as wrong as anything else that is not one.
    checkPolicy(AttributeValue, arn);
    policy.set(AttributeValue, scope.now);
    return {};
  },
};

export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  action: 'sns:ListTagsForResource',
  inputs: ['ResourceArn'],
  requires: ({ ResourceArn }, scope) => [topicAccess('sns:ListTagsForResource', ResourceArn, scope)],
  run: ({ ResourceArn = '' }, { region }) => {
    const topic = region.topics.get(ResourceArn);
    if (topic === undefined) {
      throw new ResourceNotFoundException({
        message: 'Resource does not exist',
        $metadata: { httpStatusCode: 404 },
      });
    }
    return { Tags: tagList(topic.tags) };
  },
};

import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { invalidParameter } from './errors.ts';
import { findTopic, topicAccess } from './find-topic.ts';

/** Source: API reference, ListSubscriptionsByTopic. */
const pageSize = 100;

export const listSubscriptionsByTopic: Operation<
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse
> = {
  action: 'sns:ListSubscriptionsByTopic',
  inputs: ['TopicArn', 'NextToken'],
  requires: ({ TopicArn }, scope) => [topicAccess('sns:ListSubscriptionsByTopic', TopicArn, scope)],
  run: ({ TopicArn, NextToken }, scope) => {
    const { arn, subscriptions } = findTopic(TopicArn, scope);
    const { page, token } = nextPage(subscriptions, {
      size: pageSize,
      token: NextToken,
      invalidToken: () => invalidParameter('NextToken'),
    });
    return {
      Subscriptions: page.map((Endpoint, index) => ({
        SubscriptionArn: `${arn}:${index}`,
        Owner: scope.region.account,
        Protocol: /^arn:[a-z-]+:([a-z]+):/.exec(Endpoint)?.[1] ?? 'email',
        Endpoint,
        TopicArn: arn,
      })),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { aSandbox } from '../a-sandbox.ts';

test('the subscriptions of a topic are listed a hundred at a time', async () => {
  const { clients, home, assume } = aSandbox();
  const queues = Array.from({ length: 101 }, (_, n) => `arn:aws:sqs:eu-west-1:222222222222:orders-${n}`);
  const { arn } = home.topic('orders', { subscriptions: [...queues, 'ann@example.com'] });
  const sns = clients(SNSClient, await assume());
  const first = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }));
  expect(first.Subscriptions).toHaveLength(100);
  expect(first.Subscriptions?.[0]).toMatchObject({ Protocol: 'sqs', Endpoint: queues[0], TopicArn: arn });
  const { NextToken } = first;
  const second = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn, NextToken }));
  expect(second.Subscriptions?.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual([
    ['sqs', queues[100]],
    ['email', 'ann@example.com'],
  ]);
  expect(second.NextToken).toBeUndefined();
});

import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { Topics } from '#targets/topics/kind.ts';
import { policyFault } from '../shared/policy-fault.ts';

/** Of those that a topic's policy takes, the only ones that are about messages. */
const actions = ['sns:Publish', 'sns:Subscribe'] as const;

export const snsDeny = policyFault<Topics, (typeof actions)[number]>({
  name: 'sns-deny',
  summary: 'Denies publishing to a topic, and subscribing to it, by the policy of the topic.',
  kind: 'sns-topic',
  actions,
  // Source: SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference", policy quotas.
  quota: { bytes: 30_720, statements: 100 },
  propagationMs: 30_000,
  leaves: 'messages that their publishers have given up',
  permissions: [
    { action: 'sns:GetTopicAttributes', on: 'topic', phases: ['prepare', 'inject', 'undo'] },
    { action: 'sns:ListSubscriptionsByTopic', on: 'topic', phases: ['prepare'] },
    { action: 'sns:SetTopicAttributes', on: 'topic', phases: ['inject', 'undo'] },
  ],
  writesBesides: 'its attributes',
  resource: 'topic',
  resourcesOf: (arn) => [arn],

  /** The queues and functions that subscribe to it. */
  hits: async (aws, { arns }, { actions }) => {
    const hits: string[] = [];
    if (!actions.includes('sns:Publish')) return hits;
    let NextToken: string | undefined;
    do {
      const command = new ListSubscriptionsByTopicCommand({ TopicArn: arns.topic, NextToken });
      const page = await aws.client(SNSClient).send(command);
      const endpoints = (page.Subscriptions ?? []).map(({ Endpoint = '' }) => Endpoint);
      hits.push(...endpoints.filter((endpoint) => endpoint.startsWith('arn:')));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return hits;
  },

  calls: {
    read: async (aws, { arns }) => {
      const command = new GetTopicAttributesCommand({ TopicArn: arns.topic });
      const { Attributes } = await aws.client(SNSClient).send(command);
      return { text: Attributes?.Policy, revision: undefined };
    },
    write: async (aws, { arns }, AttributeValue) => {
      const command = new SetTopicAttributesCommand({
        TopicArn: arns.topic,
        AttributeName: 'Policy',
        AttributeValue,
      });
      await aws.client(SNSClient).send(command);
    },
    gone: ['NotFoundException', 'NotFound'],
    busy: ['ConcurrentAccessException'],
  },

  byHand: (sid, { region, arns }) => [
    `aws sns remove-permission --topic-arn ${arns.topic} --label ${sid} --region ${region}`,
  ],
});

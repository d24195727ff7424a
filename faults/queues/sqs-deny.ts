import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Injector } from '#core/model/injector.ts';
import type { Queues } from '#targets/queues/kind.ts';
import { policyFault } from '../shared/policy-fault.ts';

const actions = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
] as const;

export const sqsDeny = policyFault<Queues, (typeof actions)[number]>({
  name: 'sqs-deny',
  summary: 'Denies sending, receiving and deleting messages of a queue, by the policy of the queue.',
  kind: 'sqs-queue',
  actions,
  // Source: SQS Developer Guide, "Amazon SQS policy quotas".
  quota: { bytes: 8_192, statements: 20, conditions: 10 },
  // "Can take up to 60 seconds": API reference, SetQueueAttributes.
  propagationMs: 60_000,
  leaves: 'messages that their senders have given up, and messages that have become too old',
  permissions: [
    { action: 'sqs:GetQueueUrl', on: 'queue', phases: ['prepare', 'inject', 'undo'] },
    { action: 'sqs:GetQueueAttributes', on: 'queue', phases: ['prepare', 'inject', 'undo'] },
    { action: 'sqs:SetQueueAttributes', on: 'queue', phases: ['inject', 'undo'] },
  ],
  writesBesides: 'its attributes',
  resource: 'queue',
  resourcesOf: (arn) => [arn],

  calls: {
    read: async (aws, { id }) => {
      const { Attributes } = await aws
        .client(SQSClient)
        .send(new GetQueueAttributesCommand({ QueueUrl: await urlOf(aws, id), AttributeNames: ['Policy'] }));
      return { text: Attributes?.Policy || undefined, revision: undefined };
    },
    write: (aws, { id }, text) => setPolicy(aws, id, text),
    remove: (aws, { id }) => setPolicy(aws, id, ''),
    gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
    busy: [],
  },

  byHand: (sid, { id, region }, { wasAbsent }) => {
    const url = `"$(aws sqs get-queue-url --queue-name ${id} --region ${region} --output text)"`;
    const on = `--queue-url ${url} --region ${region}`;
    return wasAbsent
      ? [`aws sqs set-queue-attributes ${on} --attributes Policy= # if ${sid} is its only statement`]
      : [`aws sqs remove-permission ${on} --label ${sid}`];
  },
});

async function urlOf(aws: Injector, QueueName: string): Promise<string | undefined> {
  const { QueueUrl } = await aws.client(SQSClient).send(new GetQueueUrlCommand({ QueueName }));
  return QueueUrl;
}

async function setPolicy(aws: Injector, id: string, Policy: string): Promise<void> {
  await aws
    .client(SQSClient)
    .send(new SetQueueAttributesCommand({ QueueUrl: await urlOf(aws, id), Attributes: { Policy } }));
}

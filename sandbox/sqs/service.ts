import type {
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListQueueTagsRequest,
  ListQueueTagsResult,
} from '@aws-sdk/client-sqs';
import type { Operation, Service } from '../service.ts';
import { noSuchQueue, sqsErrors } from './errors.ts';
import { findQueue, nameIn, queueAccess } from './find-queue.ts';
import { listDeadLetterSourceQueues } from './list-dead-letter-sources.ts';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts';

const getQueueUrl: Operation<GetQueueUrlRequest, GetQueueUrlResult> = {
  action: 'sqs:GetQueueUrl',
  inputs: ['QueueName'],
  requires: ({ QueueName = '' }, scope) => [queueAccess('sqs:GetQueueUrl', QueueName, scope)],
  run: ({ QueueName = '' }, { region }) => {
    const queue = region.queues.get(QueueName);
    if (queue === undefined) throw noSuchQueue();
    return { QueueUrl: queue.url };
  },
};

const listQueueTags: Operation<ListQueueTagsRequest, ListQueueTagsResult> = {
  action: 'sqs:ListQueueTags',
  inputs: ['QueueUrl'],
  requires: ({ QueueUrl }, scope) => [queueAccess('sqs:ListQueueTags', nameIn(QueueUrl), scope)],
  run: ({ QueueUrl }, scope) => {
    const { tags } = findQueue(QueueUrl, scope);
    return Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } };
  },
};

export const sqs: Service = {
  client: 'SQSClient',
  operations: [
    getQueueUrl,
    getQueueAttributes,
    setQueueAttributes,
    listDeadLetterSourceQueues,
    listQueueTags,
  ],
  errors: sqsErrors,
};

import { GetQueueUrlCommand, ListDeadLetterSourceQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { lookUp } from '#core/util/lookup.ts';
import type { ReadClients } from '../read-clients.ts';
import { sumOfLastHour } from '../shared/sum-of-metrics.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { loneQueue, queues } from './kind.ts';
import type { QueueTypes } from './model.ts';

/** Reads queues by the Tagging API, and those that are drawn by SQS and CloudWatch. */
export const queuesReader = taggedReader<QueueTypes>({
  of: queues,
  lone: loneQueue,
  resourceType: 'sqs',
  inspect: async ({ name }, look, now) => {
    const [deadLettersOf, messages] = await Promise.all([
      lookUp(readSources(name, look)),
      // Source: SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
      lookUp(
        sumOfLastHour(look, now, {
          namespace: 'AWS/SQS',
          names: ['NumberOfMessagesSent', 'NumberOfMessagesReceived'],
          dimensions: [[{ Name: 'QueueName', Value: name }]],
        }),
      ),
    ]);
    return { deadLettersOf, messages };
  },
});

/** Those of the first page: one is enough. */
async function readSources(QueueName: string, look: ReadClients): Promise<readonly string[]> {
  const client = look(SQSClient);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
  const { queueUrls = [] } = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
  return queueUrls.map((url) => url.split('/').at(-1) ?? '');
}

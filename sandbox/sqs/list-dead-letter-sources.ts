import type {
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
} from '@aws-sdk/client-sqs';
import type { Operation } from '../service.ts';
import { findQueue, nameIn, queueAccess } from './find-queue.ts';

const action = 'sqs:ListDeadLetterSourceQueues';

/** All of them in one page, as AWS answers where no maximum is asked for. */
export const listDeadLetterSourceQueues: Operation<
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult
> = {
  action,
  inputs: ['QueueUrl'],
  requires: ({ QueueUrl }, scope) => [queueAccess(action, nameIn(QueueUrl), scope)],
  run: ({ QueueUrl }, scope) => {
    const { arn } = findQueue(QueueUrl, scope);
    const sources = scope.region.queues.all.filter(({ redrive }) => redrive?.to === arn);
    return { queueUrls: sources.map(({ url }) => url) };
  },
};

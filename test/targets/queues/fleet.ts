import type { KindFleet } from '../../iam/kind-fleet.ts';
import { putRecent } from '../../support/put-recent.ts';

/** `queue-N`, which is sent to. */
export const fleet: KindFleet = {
  kind: 'sqs-queue',
  put: (region, { number, tags }) => {
    const name = `queue-${number}`;
    region.queues.add({ name, tags });
    putRecent(region, {
      namespace: 'AWS/SQS',
      name: 'NumberOfMessagesSent',
      dimensions: { QueueName: name },
    });
    return { [name]: 'recovered' };
  },
};

import type { KindFleet } from '../../iam/kind-fleet.ts';
import { putRecent } from '../../support/put-recent.ts';

/** `topic-N`, which is published to. */
export const fleet: KindFleet = {
  kind: 'sns-topic',
  put: (region, { number, tags }) => {
    const name = `topic-${number}`;
    region.topic(name, { tags });
    putRecent(region, {
      namespace: 'AWS/SNS',
      name: 'NumberOfMessagesPublished',
      dimensions: { TopicName: name },
    });
    return { [name]: 'recovered' };
  },
};

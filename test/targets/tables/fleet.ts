import type { KindFleet } from '../../iam/kind-fleet.ts';
import { putRecent } from '../../support/put-recent.ts';

/** `table-N`, which is read. */
export const fleet: KindFleet = {
  kind: 'dynamodb-table',
  put: (region, { number, tags }) => {
    const name = `table-${number}`;
    region.table({ name, partitionKey: 'id', tags });
    const dimensions = { TableName: name };
    putRecent(region, { namespace: 'AWS/DynamoDB', name: 'ConsumedReadCapacityUnits', dimensions });
    return { [name]: 'recovered' };
  },
};

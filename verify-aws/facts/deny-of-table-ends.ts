import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbDeny } from '#faults/tables/dynamodb-deny.ts';
import type { Fact } from '../fact.ts';
import { denyEnds } from '../shared/deny-ends.ts';

export const denyOfTableEnds: Fact = {
  name: 'deny-of-table-ends',
  claim: 'A Deny with DateLessThan in the policy of a table denies until that moment, and no longer.',
  faults: ['dynamodb-deny'],
  check: denyEnds({
    fault: dynamodbDeny,
    make: (make) => make.table(),
    creates: ['a table, on demand'],
    cents: 0.1,
    parameters: { actions: ['dynamodb:GetItem'], minutes: 5 },
    attempt: (bench, { id }) =>
      bench.client(DynamoDBClient).send(new GetItemCommand({ TableName: id, Key: { id: { S: 'none' } } })),
  }),
};

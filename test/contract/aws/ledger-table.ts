import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { AccountUnderTest, AwsUnderTest } from './aws-under-test.ts';

export type Item = Record<string, AttributeValue>;

export const key = { pk: { S: 'a' }, sk: { S: '1' } };
export const item: Item = {
  ...key,
  word: { S: 'hello' },
  count: { N: '7' },
  half: { N: '0.5' },
  yes: { BOOL: true },
  none: { NULL: true },
  list: { L: [{ S: 'x' }, { N: '2' }] },
  doc: { M: { inner: { M: { deep: { S: 'down' } } }, other: { N: '1' } } },
};

export const partition = {
  TableName: 'ledger',
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': 'pk' },
  ExpressionAttributeValues: { ':pk': { S: 'a' } },
} as const;

/** An account's table `ledger`, with an item for each sort key. */
export async function ledger(account: AccountUnderTest, aws: AwsUnderTest, sortKeys: readonly string[] = []) {
  await createTable(account, 'ledger');
  const db = aws.clients(DynamoDBClient, account.scope());
  for (const sk of sortKeys) {
    const Item = { pk: { S: 'a' }, sk: { S: sk }, word: { S: `word ${sk}` } };
    await db.send(new PutItemCommand({ TableName: 'ledger', Item }));
  }
  return {
    db,
    query: async (input: Partial<QueryCommandInput>) => {
      const { Items = [] } = await db.send(new QueryCommand({ ...partition, ...input }));
      return Items.map(({ sk }) => sk?.S);
    },
  };
}

export function update(db: DynamoDBClient, UpdateExpression: string, values?: Item) {
  const input: UpdateItemCommandInput = {
    TableName: 'ledger',
    Key: key,
    UpdateExpression,
    ExpressionAttributeNames: namesIn(UpdateExpression),
    ...(values && { ExpressionAttributeValues: values }),
    ReturnValues: 'ALL_NEW',
  };
  return db.send(new UpdateItemCommand(input));
}

export function conditionalPut(
  db: DynamoDBClient,
  ConditionExpression: string,
  values?: Item,
  names: Record<string, string> = namesIn(ConditionExpression),
) {
  return db.send(
    new PutItemCommand({
      TableName: 'ledger',
      Item: item,
      ConditionExpression,
      ExpressionAttributeNames: names,
      ...(values && { ExpressionAttributeValues: values }),
    }),
  );
}

/** `#word` stands for `word`. */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries((expression.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]));
}

/** With the partition key `pk` and the sort key `sk`. */
export function createTable(account: AccountUnderTest, TableName: string): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => {
      region.table({ name: TableName, partitionKey: 'pk', sortKey: 'sk' });
    },
    moto: async (client) => {
      await client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
        }),
      );
    },
  });
}

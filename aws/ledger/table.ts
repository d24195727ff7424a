import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { stampItem } from './version.ts';

/**
 * The ledger's table did not do what was asked of it. `cause` is the SDK's own error, and the name is that one's: it becomes the code
 * of a failure, and tells a table that is gone from one that may not be read.
 */
export class LedgerError extends Error {
  override readonly name: string;
  readonly tableName: string;

  constructor(message: string, tableName: string, cause: unknown) {
    super(message, { cause });
    this.name = cause instanceof Error ? cause.name : 'LedgerError';
    this.tableName = tableName;
  }
}

/** The one table. All of it rejects with `LedgerError`, in words that say which table, where, and what helps. */
export interface LedgerTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** The answer of a call to the table. */
  asked<Answer>(call: Promise<Answer>): Promise<Answer>;
  /** The item as it is now, or one attribute of it. */
  get(key: Item, attribute?: string): Promise<Item | undefined>;
  put(item: Item): Promise<void>;
  /** The items of a partition as they are now, in the order of their sort keys, over all pages. */
  partition(pk: string, sortKeyPrefix?: string): Promise<readonly Item[]>;
}

export function ledgerTable(client: DynamoDBClient, tableName: string): LedgerTable {
  const table: LedgerTable = {
    client,
    tableName,
    asked: async (call) => {
      try {
        return await call;
      } catch (error) {
        throw new LedgerError(explainError(error, tableName, await client.config.region()), tableName, error);
      }
    },

    get: async (key, attribute) => {
      const command = new GetItemCommand({
        TableName: tableName,
        Key: key,
        ConsistentRead: true,
        ...(attribute !== undefined && buildExpressions({ ProjectionExpression: `#${attribute}` })),
      });
      return (await table.asked(client.send(command))).Item;
    },

    put: async (item) => {
      await table.asked(client.send(new PutItemCommand({ TableName: tableName, Item: stampItem(item) })));
    },

    partition: async (pk, sortKeyPrefix) => {
      const input: QueryCommandInput = {
        TableName: tableName,
        ConsistentRead: true,
        ...(sortKeyPrefix === undefined
          ? buildExpressions({ KeyConditionExpression: '#pk = :pk' }, toItem({ pk }))
          : buildExpressions(
              { KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)' },
              toItem({ pk, sk: sortKeyPrefix }),
            )),
      };
      const items: Item[] = [];
      let from: Item | undefined;
      do {
        const command = new QueryCommand({ ...input, ...(from && { ExclusiveStartKey: from }) });
        const { Items = [], LastEvaluatedKey } = await table.asked(client.send(command));
        items.push(...Items);
        from = LastEvaluatedKey;
      } while (from !== undefined);
      return items;
    },
  };
  return table;
}

/** Single items asked for at the same moment, by one method. */
export const readsAtOnce = 16;

const secondsInDay = 24 * 60 * 60;

/** For the attribute `expiresAt`, by which DynamoDB deletes items some time after. */
export function inDays(days: number, now: number): number {
  return Math.floor(now / 1000) + days * secondsInDay;
}

function explainError(error: unknown, tableName: string, region: string): string {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') {
    return `the ledger's table ${tableName} does not exist in ${region} of this account. Create it with: npx cdk deploy`;
  }
  // Source: DynamoDB API reference, GetItem; all keys of an item are given, and no others.
  if (error instanceof Error && /key element does not match the schema/.test(error.message)) {
    return `table ${tableName} in ${region} is no ledger of the monkey: its keys are others than pk and sk`;
  }
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `the ledger (table ${tableName} in ${region}) could not be used. ${words}`;
}

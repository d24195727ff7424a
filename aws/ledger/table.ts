import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { stampItem } from './schema-version.ts';

/**
 * A call to the ledger's table failed. `cause` is the SDK's error. Its name becomes this error's name, and so the code of the failure:
 * it tells a table that does not exist from one that may not be read.
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

/** The ledger's only table. Everything rejects with a `LedgerError` that says which table, where it is, and what helps. */
export interface LedgerTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Turns the errors of calls that are made with `client`. */
  orLedgerError<Answer>(call: Promise<Answer>): Promise<Answer>;
  /** The current item, or one attribute of it. */
  get(key: Item, attribute?: string): Promise<Item | undefined>;
  put(item: Item): Promise<void>;
  /** All current items of a partition, over all pages, by sort key. */
  readPartition(pk: string, sortKeyPrefix?: string): Promise<readonly Item[]>;
  /** The last items of a partition by sort key, the last one first. */
  readNewest(pk: string, limit: number): Promise<readonly Item[]>;
}

export function ledgerTable(client: DynamoDBClient, tableName: string): LedgerTable {
  const table: LedgerTable = {
    client,
    tableName,
    orLedgerError: async (call) => {
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
      return (await table.orLedgerError(client.send(command))).Item;
    },

    put: async (item) => {
      const command = new PutItemCommand({ TableName: tableName, Item: stampItem(item) });
      await table.orLedgerError(client.send(command));
    },

    readPartition: (pk, sk) => {
      const KeyConditionExpression = sk === undefined ? '#pk = :pk' : '#pk = :pk AND begins_with(#sk, :sk)';
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          ...buildExpressions({ KeyConditionExpression }, toItem({ pk, sk })),
        },
      );
      return table.orLedgerError(collectItems(pages));
    },

    readNewest: async (pk, limit) => {
      const items: Item[] = [];
      let from: Item | undefined;
      // A page has at most 1 MB.
      do {
        const command = new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          ...buildExpressions({ KeyConditionExpression: '#pk = :pk' }, toItem({ pk })),
          ScanIndexForward: false,
          Limit: limit - items.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items = [], LastEvaluatedKey } = await table.orLedgerError(client.send(command));
        items.push(...Items);
        from = LastEvaluatedKey;
      } while (from !== undefined && items.length < limit);
      return items;
    },
  };
  return table;
}

async function collectItems(pages: AsyncIterable<QueryCommandOutput>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
}

/** Maximum concurrent reads of single items, per method. */
export const readsAtOnce = 16;

const secondsInDay = 24 * 60 * 60;

/** The value of `expiresAt`, in epoch seconds. DynamoDB deletes the item some time after. */
export function inDays(days: number, now: number): number {
  return Math.floor(now / 1000) + days * secondsInDay;
}

function explainError(error: unknown, tableName: string, region: string): string {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') {
    return `the ledger's table ${tableName} does not exist in ${region} of this account. Create it with: npx cdk deploy`;
  }
  // We always pass exactly the keys of a ledger. Source: DynamoDB API reference, GetItem.
  if (error instanceof Error && /key element does not match the schema/.test(error.message)) {
    return `table ${tableName} in ${region} is not a ledger of chaos_monkey: its keys are not pk and sk. Check the name of the table (--table)`;
  }
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `the ledger (table ${tableName} in ${region}) could not be used. ${words}`;
}

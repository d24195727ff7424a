import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock, Ledger } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import { ledgerClaims } from './ledger-claims.ts';
import {
  controlFrom,
  controlKey,
  type Item,
  reportFrom,
  runItem,
  runsKey,
  stopAttribute,
  stopFrom,
} from './ledger-records.ts';
import { ledgerTable } from './ledger-table.ts';

export interface DynamoLedgerOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** 64 hex digits from a good source; kept only if the table has no secret yet. */
  readonly newSecret: () => string;
  readonly clock: Clock;
}

/**
 * The ledger in one DynamoDB table; `ledger-records.ts` shows its items. Rejects with `LedgerError` where the table does not
 * answer as it should, and with `InvalidInput` for a record that is not as it was written.
 * It calls GetItem, PutItem, UpdateItem, DeleteItem and Query on the table.
 */
export function dynamoLedger({ client, tableName, newSecret, clock }: DynamoLedgerOptions): Ledger {
  const table = ledgerTable(client, tableName);
  const control = { TableName: tableName, Key: controlKey };
  return {
    control: async () => {
      // One call: two first runs at the same moment agree on one secret.
      const command = new UpdateItemCommand({
        ...control,
        UpdateExpression: 'SET #secret = if_not_exists(#secret, :secret)',
        ExpressionAttributeNames: { '#secret': 'secret' },
        ExpressionAttributeValues: { ':secret': { S: newSecret() } },
        ReturnValues: 'ALL_NEW',
      });
      const { Attributes } = await table.asked(client.send(command));
      return controlFrom(Attributes);
    },

    setStop: async (stop) => {
      const command = new UpdateItemCommand({
        ...control,
        UpdateExpression: stop === undefined ? 'REMOVE #stop' : 'SET #stop = :stop',
        ExpressionAttributeNames: { '#stop': 'stop' },
        ...(stop && { ExpressionAttributeValues: { ':stop': stopAttribute(stop) } }),
      });
      await table.asked(client.send(command));
    },

    stop: readStop,

    ...ledgerClaims(table, clock, readStop),

    recordRun: async (report) => {
      const command = new PutItemCommand({ TableName: tableName, Item: runItem(report, clock.now()) });
      await table.asked(client.send(command));
    },

    recentRuns: async (limit) => {
      const found: RunReport[] = [];
      let from: Item | undefined;
      // A page ends at 1 MB, which three large reports fill.
      do {
        const command = new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#pk = :runs',
          ProjectionExpression: '#report',
          ExpressionAttributeNames: { '#pk': 'pk', '#report': 'report' },
          ExpressionAttributeValues: { ':runs': runsKey },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit - found.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items = [], LastEvaluatedKey } = await table.asked(client.send(command));
        found.push(...Items.map(reportFrom));
        from = LastEvaluatedKey;
      } while (from !== undefined && found.length < limit);
      return found;
    },
  };

  /** Asks for the stop alone, so that people who may read it need no right to the secret. */
  async function readStop() {
    const command = new GetItemCommand({
      ...control,
      ConsistentRead: true,
      ProjectionExpression: '#stop',
      ExpressionAttributeNames: { '#stop': 'stop' },
    });
    const { Item } = await table.asked(client.send(command));
    return stopFrom(Item);
  }
}

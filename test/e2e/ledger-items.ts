import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { outputs } from '#lib/outputs.ts';
import type { MotoAccount } from '../support/moto-account.ts';
import { home } from './accounts-and-regions.ts';
import { masterOutputs } from './stacks.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** The ledger's table as it lies in moto, seen without our code. */
export interface LedgerItems {
  strike(group: string, slot: string): Promise<Item | undefined>;
  /** The groups that have an open strike. */
  open(): Promise<readonly string[]>;
  /** Lets a strike have been so many minutes ago: nobody looks after one in its first minute, and clocks here are real. */
  age(group: string, slot: string, minutes: number): Promise<void>;
  /** Lets the injection of an open undo entry, and the end of its run, have been so many minutes earlier. */
  ageUndo(id: string, minutes: number): Promise<void>;
  /** Of all but the secret. */
  forget(): Promise<void>;
}

export async function ledgerItems(master: MotoAccount): Promise<LedgerItems> {
  const client = master.client(DynamoDBClient, home);
  const { [outputs.table]: TableName } = await masterOutputs(master);
  const strikeKey = (group: string, slot: string) => ({
    pk: { S: `group#${group}` },
    sk: { S: `strike#${slot}` },
  });
  const strike = async (group: string, slot: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: strikeKey(group, slot) }))).Item;
  return {
    strike,
    open: async () => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :open',
          ExpressionAttributeValues: { ':open': { S: 'open' } },
        }),
      );
      return Items.map(({ group }) => group?.S ?? '');
    },
    age: async (group, slot, minutes) => {
      const { at } = (await strike(group, slot)) ?? {};
      const earlier = new Date(Date.parse(at?.S ?? '') - minutes * 60_000).toISOString();
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: strikeKey(group, slot),
          UpdateExpression: 'SET #at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': { S: earlier } },
        }),
      );
    },
    ageUndo: async (id, minutes) => {
      const Key = { pk: { S: 'undo' }, sk: { S: id } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
      const { abandonedAfter, activeAt } = Item ?? {};
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: `SET abandonedAfter = :over${activeAt?.S === undefined ? '' : ', activeAt = :at'}`,
          ExpressionAttributeValues: {
            ':over': { N: String(Number(abandonedAfter?.N) - minutes * 60_000) },
            ...(activeAt?.S !== undefined && {
              ':at': { S: new Date(Date.parse(activeAt.S) - minutes * 60_000).toISOString() },
            }),
          },
        }),
      );
    },
    forget: async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      for (const { pk, sk } of Items) {
        if (pk === undefined || sk === undefined || pk.S === 'control') continue;
        await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
      }
    },
  };
}

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './ledger-attributes.ts';
import type { LedgerTable } from './ledger-table.ts';

/**
 * All items as they are now, but for those of partitions that begin with `except`. It reads the whole table, as large as that may
 * be: for people, never for a run.
 */
export async function allItems(
  { client, tableName, asked }: LedgerTable,
  except: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: 'NOT begins_with(#pk, :except)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':except': { S: except } },
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await asked(client.send(command));
    items.push(...Items);
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

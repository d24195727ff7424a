import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, itemOf } from '../attributes.ts';
import { expressed } from '../expressed.ts';
import type { LedgerTable } from '../table.ts';

/**
 * All items as they are now, but for those of partitions that begin with `except`, page by page: a table may be larger than the
 * memory. It reads the whole of it: for people, never for a run.
 */
export async function* itemPages(
  { client, tableName, asked }: LedgerTable,
  except: string,
): AsyncGenerator<readonly Item[]> {
  let from: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: tableName,
      ConsistentRead: true,
      ...expressed({ FilterExpression: 'NOT begins_with(#pk, :except)' }, itemOf({ except })),
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await asked(client.send(command));
    yield Items;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

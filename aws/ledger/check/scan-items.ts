import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, toItem } from '../attributes.ts';
import { buildExpressions } from '../build-expressions.ts';
import type { LedgerTable } from '../table.ts';

/**
 * All current items except those in partitions that begin with `except`, page by page, as a table may be larger than memory. Reads the
 * whole table, so no run may use it.
 */
export async function* scanItems(
  { client, tableName, orLedgerError }: LedgerTable,
  except: string,
): AsyncGenerator<readonly Item[]> {
  let from: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: tableName,
      ConsistentRead: true,
      ...buildExpressions({ FilterExpression: 'NOT begins_with(#pk, :except)' }, toItem({ except })),
      ...(from && { ExclusiveStartKey: from }),
    });
    const { Items = [], LastEvaluatedKey } = await orLedgerError(client.send(command));
    yield Items;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

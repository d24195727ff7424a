import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, toItem } from '../attributes.ts';
import { buildExpressions } from '../build-expressions.ts';
import type { LedgerTable } from '../table.ts';

/**
 * All items as they are now, but for those of partitions that begin with `except`, page by page: a table may be larger than the
 * memory. It reads the whole of it: for people, never for a run.
 */
export async function* scanItems(
  { client, tableName, asked }: LedgerTable,
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
    const { Items = [], LastEvaluatedKey } = await asked(client.send(command));
    yield Items;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

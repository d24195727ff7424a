import { ConditionalCheckFailedException, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../service.ts';
import { consume } from './consume.ts';
import type { Item } from './table.ts';
import { sizeOfItem } from './values.ts';
import { readWrite, store } from './write.ts';

/** The inputs that PutItem, UpdateItem and DeleteItem share. */
export const writeInputs = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
] as const;

/** Writes if the condition holds, and returns the item after. */
export function writeItem(part: TransactWriteItem, scope: Scope): Item | undefined {
  const request = readWrite(part, scope);
  const before = request.table.get(request.key);
  if (!request.condition(before ?? {})) {
    throw new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400 },
    });
  }
  const after = request.after(before);
  consume(request.table, 'write', sizeOfItem(after ?? before ?? {}), scope);
  store(request, after);
  return after;
}

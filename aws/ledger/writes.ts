import type { ConditionCheck, Delete, Put, TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { stampItem, stampUpdate } from './schema-version.ts';

/** One part of a transaction, without the table's name and the schema version. */
export interface Write {
  readonly Put?: Omit<Put, 'TableName'>;
  readonly Update?: Omit<Update, 'TableName'>;
  readonly Delete?: Omit<Delete, 'TableName'>;
  readonly ConditionCheck?: Omit<ConditionCheck, 'TableName'>;
}

/** Updates an item if it meets the condition; an empty condition always holds. For placeholders see `buildExpressions`. */
export function update(
  Key: Item,
  UpdateExpression: string,
  ConditionExpression: string,
  values: Item,
): Write {
  return { Update: { Key, ...buildExpressions({ ConditionExpression, UpdateExpression }, values) } };
}

export function toTransactItem(
  { Put, Update, Delete, ConditionCheck }: Write,
  TableName: string,
): TransactWriteItem {
  return {
    ...(Put && { Put: { ...Put, TableName, Item: stampItem(Put.Item ?? {}) } }),
    ...(Update && { Update: { ...stampUpdate(Update), TableName } }),
    ...(Delete && { Delete: { ...Delete, TableName } }),
    ...(ConditionCheck && { ConditionCheck: { ...ConditionCheck, TableName } }),
  };
}

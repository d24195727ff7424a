import type { TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes.ts';

/** Of the items that this version writes: each has it as the attribute `schemaVersion`. */
export const schemaVersion = 1;

const name = 'schemaVersion';
const value = { N: String(schemaVersion) };

export function stampItem(item: Item): Item {
  return { ...item, [name]: value };
}

type Changes = Pick<Update, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** Of an update, which makes the item where there is none. One that a newer version made stays marked as its own. */
export function stampUpdate<Some extends Changes>(update: Some): Some {
  return {
    ...update,
    UpdateExpression: update.UpdateExpression?.replace(
      /^(SET |(?=REMOVE ))/,
      (first) => `SET #${name} = if_not_exists(#${name}, :${name})${first === '' ? ' ' : ', '}`,
    ),
    ExpressionAttributeNames: { ...update.ExpressionAttributeNames, [`#${name}`]: name },
    ExpressionAttributeValues: { ...update.ExpressionAttributeValues, [`:${name}`]: value },
  };
}

export function stampWrite(part: TransactWriteItem): TransactWriteItem {
  return {
    ...part,
    ...(part.Put && { Put: { ...part.Put, Item: part.Put.Item && stampItem(part.Put.Item) } }),
    ...(part.Update && { Update: stampUpdate(part.Update) }),
  };
}

/** The version of an item; undefined for one that was written before there were versions. */
export function readSchemaVersion(item: Item): number | undefined {
  const version = Number(item[name]?.N);
  return Number.isNaN(version) ? undefined : version;
}

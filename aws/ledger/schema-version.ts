import type { Update } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes.ts';

/** Stored with every item that this version writes, as the attribute `schemaVersion`. */
export const schemaVersion = 1;

const name = 'schemaVersion';
const value = { N: String(schemaVersion) };

export function stampItem(item: Item): Item {
  return { ...item, [name]: value };
}

type Changes = Pick<Update, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** An update creates an item that does not exist. It leaves the version of an existing one alone, which may be newer. */
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

/** Undefined if the item has none, or one that is not a number. */
export function readSchemaVersion(item: Item): number | undefined {
  const version = Number(item[name]?.N);
  return Number.isNaN(version) ? undefined : version;
}

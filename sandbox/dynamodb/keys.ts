import { validationError } from './errors.ts';
import type { Item, Table } from './table.ts';
import { typeOf } from './values.ts';

/** Source: Developer Guide, "Quotas in Amazon DynamoDB", partition keys and sort keys. */
const keyBytes = [2048, 1024] as const;

/** Throws unless `key` has the table's key attributes and no others. */
export function checkKey(table: Table, key: Item | undefined): Item {
  if (
    key === undefined ||
    Object.keys(key).length !== table.keys.length ||
    table.keys.some((name) => key[name]?.S === undefined)
  ) {
    throw validationError('The provided key element does not match the schema');
  }
  checkKeySizes(table, key);
  return key;
}

/** Throws unless a whole item has the table's key attributes. */
export function checkItemKey(table: Table, item: Item = {}): Item {
  for (const name of table.keys) {
    const value = item[name];
    if (value?.S !== undefined) continue;
    throw validationError(
      `One or more parameter values were invalid: ${
        value === undefined
          ? `Missing the key ${name} in the item`
          : `Type mismatch for key ${name} expected: S actual: ${typeOf(value)}`
      }`,
    );
  }
  checkKeySizes(table, item);
  return item;
}

function checkKeySizes(table: Table, item: Item): void {
  table.keys.forEach((name, index) => {
    const bytes = Buffer.byteLength(item[name]?.S ?? '');
    if (bytes === 0) {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      );
    }
    const limit = keyBytes[index] ?? 0;
    if (bytes > limit) {
      throw validationError(
        `One or more parameter values were invalid: Size of ${index === 0 ? 'hashkey' : 'rangekey'} has exceeded the maximum size limit of ${limit} bytes`,
      );
    }
  });
}

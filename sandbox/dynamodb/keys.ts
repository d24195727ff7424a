import { validationError } from './errors.ts';
import type { Item, Table } from './table.ts';
import { lengthOf, typeOf } from './values.ts';

/** Source: Developer Guide, "Quotas in Amazon DynamoDB", partition keys and sort keys. */
const keyBytes = [2048, 1024] as const;

/** Throws unless `key` has the table's key attributes and no others. */
export function checkKey(table: Table, key: Item | undefined): Item {
  const wrong = () => validationError('The provided key element does not match the schema');
  if (key === undefined || Object.keys(key).length !== table.keys.length) throw wrong();
  for (const { name, type } of table.keys) {
    if (key[name] === undefined || typeOf(key[name]) !== type) throw wrong();
  }
  checkKeyValues(table, key);
  return key;
}

/** Throws unless a whole item has the table's key attributes. */
export function checkItemKey(table: Table, item: Item | undefined): Item {
  for (const { name, type } of table.keys) {
    const value = item?.[name];
    if (value === undefined) {
      throw validationError(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    }
    const actual = typeOf(value);
    if (actual !== type) {
      throw validationError(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${actual}`,
      );
    }
  }
  if (item === undefined) return {};
  checkKeyValues(table, item);
  return item;
}

function checkKeyValues(table: Table, item: Item): void {
  table.keys.forEach(({ name, type }, index) => {
    const value = item[name];
    const bytes = value === undefined ? undefined : lengthOf(value);
    if (bytes === 0) {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
      );
    }
    const limit = keyBytes[index];
    if (limit !== undefined && bytes !== undefined && bytes > limit) {
      throw validationError(
        `One or more parameter values were invalid: Size of ${index === 0 ? 'hashkey' : 'rangekey'} has exceeded the maximum size limit of ${limit} bytes`,
      );
    }
  });
}

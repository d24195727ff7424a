import { validationError } from './errors.ts';
import type { Item, Table } from './table.ts';

/** Source: Developer Guide, "Quotas in Amazon DynamoDB", partition keys and sort keys. */
const limits = [
  { kind: 'hashkey', maxBytes: 2048 },
  { kind: 'rangekey', maxBytes: 1024 },
] as const;

/** Throws unless `key` has the table's key attributes and no others. */
export function checkKey(table: Table, key: Item = {}): Item {
  if (
    Object.keys(key).length !== table.keys.length ||
    table.keys.some((name) => key[name]?.S === undefined)
  ) {
    throw validationError('The provided key element does not match the schema');
  }
  return checkItemKey(table, key);
}

/** Throws unless a whole item has the table's key attributes. */
export function checkItemKey(table: Table, item: Item = {}): Item {
  for (const [index, name] of table.keys.entries()) {
    const bytes = Buffer.byteLength(item[name]?.S ?? '');
    if (bytes === 0) {
      throw validationError(
        `One or more parameter values were invalid: the key ${name} is missing, empty, or not of type S`,
      );
    }
    const { kind, maxBytes } = limits[index] ?? limits[1];
    if (bytes > maxBytes) {
      throw validationError(
        `One or more parameter values were invalid: Size of ${kind} has exceeded the maximum size limit of ${maxBytes} bytes`,
      );
    }
  }
  return item;
}

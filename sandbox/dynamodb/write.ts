import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../service.ts';
import { type Condition, readCondition } from './condition.ts';
import { validationError } from './errors.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable } from './find-table.ts';
import { checkItemKey, checkKey } from './keys.ts';
import { Placeholders } from './placeholders.ts';
import type { Item, Table } from './table.ts';
import { applyUpdate, readUpdate } from './update.ts';
import { checkValue, sizeOfItem } from './values.ts';

/** Source: Developer Guide, "Quotas in Amazon DynamoDB": 400 KB, names and values. */
const maxItemBytes = 409_600;

/** A write of one item, checked as far as possible without reading the item. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  /** An item that does not exist is one without attributes. */
  readonly condition: Condition;
  /** The item after; undefined if it is deleted. Throws for what cannot be done to this item. */
  after(before: Item | undefined): Item | undefined;
}

/** Reads a part of a transaction; a single write is a transaction of one. */
export function readWrite({ Put, Update, Delete, ConditionCheck }: TransactWriteItem, scope: Scope): Write {
  const [request, ...others] = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined);
  if (request === undefined || others.length > 0) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const table = findTable(request.TableName, scope);
  // A copy: what the caller does to its object afterward must not reach the table.
  const item = Put && structuredClone(checkItemKey(table, Put.Item));
  if (item !== undefined) checkItem(item);
  const key = item ? table.keyOf(item) : checkKey(table, 'Key' in request ? request.Key : undefined);

  const placeholders = new Placeholders(request);
  const update = readUpdate(readerOf('UpdateExpression', Update?.UpdateExpression ?? '', placeholders));
  const keyName = update.find(({ name }) => table.keys.includes(name))?.name;
  if (keyName !== undefined) {
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${keyName}. This attribute is part of the key`,
    );
  }
  const { ConditionExpression: text } = request;
  const condition =
    text === undefined ? () => true : readCondition(readerOf('ConditionExpression', text, placeholders));
  placeholders.refuseUnused();

  const after = (before: Item | undefined) => {
    if (Delete) return undefined;
    if (ConditionCheck) return before;
    if (item) return item;
    const updated = applyUpdate(update, before ?? structuredClone(key));
    checkItem(updated);
    return updated;
  };
  return { table, key, condition, after };
}

export function store({ table, key }: Write, after: Item | undefined): void {
  if (after === undefined) table.delete(key);
  else table.put(after);
}

function checkItem(item: Item): void {
  for (const value of Object.values(item)) checkValue(value);
  if (sizeOfItem(item) > maxItemBytes) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
}

function readerOf(member: string, text: string, placeholders: Placeholders): ExpressionReader {
  return new ExpressionReader(text, member, placeholders);
}

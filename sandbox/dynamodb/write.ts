import type { AttributeValue } from '@aws-sdk/client-dynamodb';
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

/** A write of one item, checked as far as is possible without looking at the item. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition | undefined;
  /** The item after; undefined if it is deleted. Throws for what cannot be done to this item. */
  after(before: Item | undefined): Item | undefined;
}

/** The members that all requests to write have in common. */
interface WriteRequest {
  readonly TableName: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

export function putWrite(request: WriteRequest & { readonly Item: Item | undefined }, scope: Scope): Write {
  const table = findTable(request.TableName, scope);
  // A copy: what the caller does to its object afterwards must not reach the table.
  const item = structuredClone(checkItemKey(table, request.Item));
  checkValue({ M: item });
  if (sizeOfItem(item) > maxItemBytes) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
  return { table, key: table.keyOf(item), condition: onlyCondition(request), after: () => item };
}

export function updateWrite(
  request: WriteRequest & {
    readonly Key: Item | undefined;
    readonly UpdateExpression?: string | undefined;
  },
  scope: Scope,
): Write {
  const table = findTable(request.TableName, scope);
  const key = checkKey(table, request.Key);
  const placeholders = new Placeholders(request);
  const update =
    request.UpdateExpression === undefined
      ? []
      : readUpdate(new ExpressionReader(request.UpdateExpression, 'UpdateExpression', placeholders));
  const condition = conditionOf(request, placeholders);
  placeholders.refuseUnused();
  const keyName = update.find(({ name }) => table.keys.includes(name))?.name;
  if (keyName !== undefined) {
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${keyName}. This attribute is part of the key`,
    );
  }
  return {
    table,
    key,
    condition,
    after: (before) => {
      const item = applyUpdate(update, before ?? structuredClone(key));
      if (sizeOfItem(item) > maxItemBytes) {
        throw validationError('Item size to update has exceeded the maximum allowed size');
      }
      return item;
    },
  };
}

export function deleteWrite(request: WriteRequest & { readonly Key: Item | undefined }, scope: Scope): Write {
  const table = findTable(request.TableName, scope);
  return {
    table,
    key: checkKey(table, request.Key),
    condition: onlyCondition(request),
    after: () => undefined,
  };
}

/** A write that changes nothing, but fails where its condition does not hold. */
export function checkWrite(request: WriteRequest & { readonly Key: Item | undefined }, scope: Scope): Write {
  return { ...deleteWrite(request, scope), after: (before) => before };
}

export function conditionHolds({ condition }: Write, before: Item | undefined): boolean {
  return condition === undefined || condition(before ?? {});
}

export function store({ table, key }: Write, after: Item | undefined): void {
  if (after === undefined) table.delete(key);
  else table.put(after);
}

function onlyCondition(request: WriteRequest): Condition | undefined {
  const placeholders = new Placeholders(request);
  const condition = conditionOf(request, placeholders);
  placeholders.refuseUnused();
  return condition;
}

function conditionOf(request: WriteRequest, placeholders: Placeholders): Condition | undefined {
  if (request.ConditionExpression === undefined) return undefined;
  return readCondition(
    new ExpressionReader(request.ConditionExpression, 'ConditionExpression', placeholders),
  );
}

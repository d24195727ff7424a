import type { AttributeValue, QueryInput, QueryOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { type Condition, readCondition } from './condition.ts';
import { validationError } from './errors.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable, tableAccess } from './find-table.ts';
import { holds } from './holds.ts';
import { checkKey } from './keys.ts';
import { pageOf } from './page.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './projection.ts';
import type { Item, Table } from './table.ts';

export const query: Operation<QueryInput, QueryOutput> = {
  action: 'dynamodb:Query',
  heeds: [
    'TableName',
    'KeyConditionExpression',
    'FilterExpression',
    'ProjectionExpression',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
    'ScanIndexForward',
    'Limit',
    'ExclusiveStartKey',
    'ConsistentRead',
  ],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:Query', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const read = (text: string, member: string) =>
      readCondition(new ExpressionReader(text, member, placeholders));
    const keyCondition = read(input.KeyConditionExpression ?? '', 'KeyConditionExpression');
    const filter = input.FilterExpression && read(input.FilterExpression, 'FilterExpression');
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    if (input.Limit !== undefined && input.Limit < 1) {
      throw validationError('Limit must be greater than or equal to 1');
    }

    const found = table
      .partition(partitionValue(table, keyCondition))
      .filter((item) => holds(keyCondition, item));
    const ordered = input.ScanIndexForward === false ? found.toReversed() : found;
    const { page, last } = pageOf(ordered.slice(startOf(table, ordered, input)), input.Limit);
    const items = filter ? page.filter((item) => holds(filter, item)) : page;
    return {
      Items: items.map((item) => structuredClone(project(item))),
      Count: items.length,
      ScannedCount: page.length,
      ...(last && { LastEvaluatedKey: table.keyOf(last) }),
    };
  },
};

/** How many items an earlier page has had. */
function startOf(table: Table, ordered: readonly Item[], input: QueryInput): number {
  if (input.ExclusiveStartKey === undefined) return 0;
  const start = checkKey(table, input.ExclusiveStartKey);
  const sign = input.ScanIndexForward === false ? -1 : 1;
  const next = ordered.findIndex((item) => sign * table.compare(item, start) > 0);
  return next === -1 ? ordered.length : next;
}

/** Checks that the condition names one partition, and at most one range of its sort keys. */
function partitionValue(table: Table, condition: Condition): AttributeValue {
  const [partitionKey, sortKey] = table.keys;
  let value: AttributeValue | undefined;
  let sorted = false;
  for (const part of conjuncts(condition)) {
    const name = keyIn(part);
    const isEquality = part.kind === 'compare' && part.operator === '=' && part.right.kind === 'value';
    if (name === partitionKey?.name && isEquality && value === undefined) value = part.right.value;
    else if (name !== undefined && name === sortKey?.name && !sorted) sorted = true;
    else throw validationError('Query key condition not supported');
  }
  if (value !== undefined) return value;
  throw validationError(`Query condition missed key schema element: ${partitionKey?.name}`);
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and'
    ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
    : [condition];
}

/** The key attribute that a part is about; undefined for parts that a key condition cannot have. */
function keyIn(part: Condition): string | number | undefined {
  if (part.kind === 'begins_with') return onlyStep(part.path);
  if (part.kind === 'between' && part.operand.kind === 'path') return onlyStep(part.operand.path);
  if (part.kind === 'compare' && part.operator !== '<>' && part.left.kind === 'path') {
    return onlyStep(part.left.path);
  }
  return undefined;
}

function onlyStep(path: readonly (string | number)[]): string | number | undefined {
  return path.length === 1 ? path[0] : undefined;
}

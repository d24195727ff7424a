import type { ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { readCondition } from './condition.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable, tableAccess } from './find-table.ts';
import { holds } from './holds.ts';
import { checkKey } from './keys.ts';
import { pageOf } from './page.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './projection.ts';
import type { Item, Table } from './table.ts';

/** All items, by partition in an order of the sandbox's own: DynamoDB promises none. */
export const scan: Operation<ScanInput, ScanOutput> = {
  action: 'dynamodb:Scan',
  heeds: [
    'TableName',
    'FilterExpression',
    'ProjectionExpression',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
    'Limit',
    'ExclusiveStartKey',
    'ConsistentRead',
  ],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:Scan', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const filter =
      input.FilterExpression === undefined
        ? undefined
        : readCondition(new ExpressionReader(input.FilterExpression, 'FilterExpression', placeholders));
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    const start = input.ExclusiveStartKey && checkKey(table, input.ExclusiveStartKey);
    const rest = table
      .items()
      .toSorted((a, b) => compare(table, a, b))
      .filter((item) => start === undefined || compare(table, item, start) > 0);
    const { page, last } = pageOf(rest, input.Limit);
    const items = filter ? page.filter((item) => holds(filter, item)) : page;
    return {
      Items: items.map((item) => structuredClone(project(item))),
      Count: items.length,
      ScannedCount: page.length,
      ...(last && { LastEvaluatedKey: table.keyOf(last) }),
    };
  },
};

function compare(table: Table, a: Item, b: Item): number {
  const [left, right] = [a, b].map((item) => JSON.stringify(item[table.keys[0]?.name ?? '']));
  if (left === undefined || right === undefined || left === right) return table.compare(a, b);
  return left < right ? -1 : 1;
}

import type { QueryInput, QueryOutput, ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { readCondition } from './condition.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable, tableAccess } from './find-table.ts';
import { Placeholders } from './placeholders.ts';
import { readPage, readProjection } from './read-page.ts';
import type { Item, Table } from './table.ts';

const commonInputs = [
  'TableName',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Limit',
  'ExclusiveStartKey',
  'ConsistentRead',
] as const;

export const query: Operation<QueryInput, QueryOutput> = {
  action: 'dynamodb:Query',
  inputs: [...commonInputs, 'KeyConditionExpression', 'ProjectionExpression', 'ScanIndexForward'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:Query', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const { KeyConditionExpression: text = '' } = input;
    const items = findByKey(table, new ExpressionReader(text, 'KeyConditionExpression', placeholders));
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    return readPage({ table, items, project }, input);
  },
};

/** All items, in the order of their keys: DynamoDB promises none. */
export const scan: Operation<ScanInput, ScanOutput> = {
  action: 'dynamodb:Scan',
  inputs: [...commonInputs, 'FilterExpression'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:Scan', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const { FilterExpression: text } = input;
    const filter = text && readCondition(new ExpressionReader(text, 'FilterExpression', placeholders));
    placeholders.refuseUnused();
    const items = table.items().toSorted((a, b) => table.compare(a, b));
    return readPage({ table, items, ...(filter && { filter }) }, input);
  },
};

/** Finds what `#pk = :pk` names, or `#pk = :pk AND begins_with(#sk, :sk)`. */
function findByKey(table: Table, reader: ExpressionReader): readonly Item[] {
  const [partitionKey, sortKey] = table.keys;
  if (reader.name() !== partitionKey) throw reader.unexpected();
  reader.expect('=');
  let items = table.partition(reader.value());
  if (reader.take('AND')) {
    if (!reader.takeCall('begins_with') || reader.name() !== sortKey) throw reader.unexpected();
    reader.expect(',');
    const { S: start = '' } = reader.value();
    reader.expect(')');
    items = items.filter(({ [sortKey]: value }) => value?.S?.startsWith(start));
  }
  reader.expectEnd();
  return items;
}

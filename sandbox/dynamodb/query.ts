import type { QueryInput, QueryOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable, partitionAccess } from './find-table.ts';
import { Placeholders } from './placeholders.ts';
import { pageInputs, readPage, readProjection } from './read-page.ts';
import type { Item, Table } from './table.ts';

export const query: Operation<QueryInput, QueryOutput> = {
  action: 'dynamodb:Query',
  inputs: [...pageInputs, 'KeyConditionExpression', 'ProjectionExpression', 'ScanIndexForward'],
  requires: (input, scope) => [
    partitionAccess('dynamodb:Query', { TableName: input.TableName, has: keyAsked(input) }, scope),
  ],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const { KeyConditionExpression: text = '' } = input;
    const items = findByKey(table, new ExpressionReader(text, 'KeyConditionExpression', placeholders));
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    return readPage({ table, items, project }, input, scope);
  },
};

/** Of the partition, as `#pk = :pk` names it. */
function keyAsked({ KeyConditionExpression = '', ...input }: QueryInput): Item | undefined {
  const [, name = '', value = ''] = /^\s*(\S+)\s*=\s*(:\w+)/.exec(KeyConditionExpression) ?? [];
  const { [value]: partition } = input.ExpressionAttributeValues ?? {};
  const key = input.ExpressionAttributeNames?.[name] ?? name;
  return partition === undefined ? undefined : { [key]: partition };
}

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

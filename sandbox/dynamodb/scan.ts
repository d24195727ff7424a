import type { ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { readCondition } from './condition.ts';
import { ExpressionReader } from './expression-reader.ts';
import { findTable, tableAccess } from './find-table.ts';
import { Placeholders } from './placeholders.ts';
import { pageInputs, readPage } from './read-page.ts';

/** All items, in the order of their keys: DynamoDB promises none. */
export const scan: Operation<ScanInput, ScanOutput> = {
  action: 'dynamodb:Scan',
  inputs: [...pageInputs, 'FilterExpression'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:Scan', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const { FilterExpression: text } = input;
    const filter = text && readCondition(new ExpressionReader(text, 'FilterExpression', placeholders));
    placeholders.refuseUnused();
    const items = table.items().toSorted((a, b) => table.compare(a, b));
    return readPage({ table, items, ...(filter && { filter }) }, input, scope);
  },
};

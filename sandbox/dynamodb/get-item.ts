import type { GetItemInput, GetItemOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { consume } from './consume.ts';
import { findTable, partitionAccess } from './find-table.ts';
import { checkKey } from './keys.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './read-page.ts';
import { sizeOfItem } from './values.ts';

export const getItem: Operation<GetItemInput, GetItemOutput> = {
  action: 'dynamodb:GetItem',
  inputs: ['TableName', 'Key', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'],
  requires: ({ TableName, Key: has }, scope) => [
    partitionAccess('dynamodb:GetItem', { TableName, has }, scope),
  ],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    const item = table.get(checkKey(table, input.Key));
    consume(table, 'read', sizeOfItem(item ?? {}), scope, input.ConsistentRead ? 1 : 0.5);
    return item === undefined ? {} : { Item: structuredClone(project(item)) };
  },
};

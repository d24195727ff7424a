import type { PutItemInput, PutItemOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { partitionAccess } from './find-table.ts';
import { writeInputs, writeItem } from './write-item.ts';

export const putItem: Operation<PutItemInput, PutItemOutput> = {
  action: 'dynamodb:PutItem',
  inputs: [...writeInputs, 'Item'],
  requires: ({ TableName, Item: has }, scope) => [
    partitionAccess('dynamodb:PutItem', { TableName, has }, scope),
  ],
  run: (Put, scope) => {
    writeItem({ Put }, scope);
    return {};
  },
};

import type { DeleteItemInput, DeleteItemOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { partitionAccess } from './find-table.ts';
import { writeInputs, writeItem } from './write-item.ts';

export const deleteItem: Operation<DeleteItemInput, DeleteItemOutput> = {
  action: 'dynamodb:DeleteItem',
  inputs: [...writeInputs, 'Key'],
  requires: ({ TableName, Key: has }, scope) => [
    partitionAccess('dynamodb:DeleteItem', { TableName, has }, scope),
  ],
  run: (Delete, scope) => {
    writeItem({ Delete }, scope);
    return {};
  },
};

import type { DeleteItemInput, DeleteItemOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { tableAccess } from './find-table.ts';
import { writeInputs, writeItem } from './write-item.ts';

export const deleteItem: Operation<DeleteItemInput, DeleteItemOutput> = {
  action: 'dynamodb:DeleteItem',
  inputs: [...writeInputs, 'Key'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:DeleteItem', TableName, scope)],
  run: (Delete, scope) => {
    writeItem({ Delete }, scope);
    return {};
  },
};

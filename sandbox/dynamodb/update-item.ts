import type { UpdateItemInput, UpdateItemOutput } from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { partitionAccess } from './find-table.ts';
import { writeInputs, writeItem } from './write-item.ts';

export const updateItem: Operation<UpdateItemInput, UpdateItemOutput> = {
  action: 'dynamodb:UpdateItem',
  inputs: [...writeInputs, 'Key', 'UpdateExpression', 'ReturnValues'],
  requires: ({ TableName, Key: has }, scope) => [
    partitionAccess('dynamodb:UpdateItem', { TableName, has }, scope),
  ],
  run: ({ ReturnValues = 'NONE', ...input }, scope) => {
    if (ReturnValues !== 'NONE' && ReturnValues !== 'ALL_NEW') {
      throw new NotImplemented(`ReturnValues ${ReturnValues} of UpdateItem`);
    }
    const after = writeItem({ Update: { UpdateExpression: undefined, ...input } }, scope);
    return ReturnValues === 'ALL_NEW' && after ? { Attributes: structuredClone(after) } : {};
  },
};

import {
  ConditionalCheckFailedException,
  type DeleteItemInput,
  type DeleteItemOutput,
  type GetItemInput,
  type GetItemOutput,
  type PutItemInput,
  type PutItemOutput,
  type TransactWriteItem,
  type UpdateItemInput,
  type UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation, Scope } from '../service.ts';
import { findTable, tableAccess } from './find-table.ts';
import { checkKey } from './keys.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './read-page.ts';
import type { Item } from './table.ts';
import { readWrite, store } from './write.ts';

export const getItem: Operation<GetItemInput, GetItemOutput> = {
  action: 'dynamodb:GetItem',
  inputs: ['TableName', 'Key', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:GetItem', TableName, scope)],
  run: (input, scope) => {
    const table = findTable(input.TableName, scope);
    const placeholders = new Placeholders(input);
    const project = readProjection(input.ProjectionExpression, placeholders);
    placeholders.refuseUnused();
    const item = table.get(checkKey(table, input.Key));
    return item === undefined ? {} : { Item: structuredClone(project(item)) };
  },
};

const writeInputs = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
] as const;

export const putItem: Operation<PutItemInput, PutItemOutput> = {
  action: 'dynamodb:PutItem',
  inputs: [...writeInputs, 'Item'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:PutItem', TableName, scope)],
  run: (Put, scope) => {
    write({ Put }, scope);
    return {};
  },
};

export const updateItem: Operation<UpdateItemInput, UpdateItemOutput> = {
  action: 'dynamodb:UpdateItem',
  inputs: [...writeInputs, 'Key', 'UpdateExpression', 'ReturnValues'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:UpdateItem', TableName, scope)],
  run: ({ ReturnValues = 'NONE', ...input }, scope) => {
    if (ReturnValues !== 'NONE' && ReturnValues !== 'ALL_NEW') {
      throw new NotImplemented(`ReturnValues ${ReturnValues} of UpdateItem`);
    }
    const after = write({ Update: { UpdateExpression: undefined, ...input } }, scope);
    return ReturnValues === 'ALL_NEW' && after ? { Attributes: structuredClone(after) } : {};
  },
};

export const deleteItem: Operation<DeleteItemInput, DeleteItemOutput> = {
  action: 'dynamodb:DeleteItem',
  inputs: [...writeInputs, 'Key'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:DeleteItem', TableName, scope)],
  run: (Delete, scope) => {
    write({ Delete }, scope);
    return {};
  },
};

/** Writes if the condition holds, and returns the item after. */
function write(part: TransactWriteItem, scope: Scope): Item | undefined {
  const request = readWrite(part, scope);
  const before = request.table.get(request.key);
  if (!request.condition(before ?? {})) {
    throw new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400 },
    });
  }
  const after = request.after(before);
  store(request, after);
  return after;
}

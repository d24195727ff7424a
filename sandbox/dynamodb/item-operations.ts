import {
  ConditionalCheckFailedException,
  type DeleteItemInput,
  type DeleteItemOutput,
  type GetItemInput,
  type GetItemOutput,
  type PutItemInput,
  type PutItemOutput,
  type UpdateItemInput,
  type UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { findTable, tableAccess } from './find-table.ts';
import { checkKey } from './keys.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './read-page.ts';
import type { Item } from './table.ts';
import { conditionHolds, deleteWrite, putWrite, store, updateWrite, type Write } from './write.ts';

const conditionMembers = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
] as const;

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

export const putItem: Operation<PutItemInput, PutItemOutput> = {
  action: 'dynamodb:PutItem',
  inputs: [...conditionMembers, 'Item'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:PutItem', TableName, scope)],
  run: (input, scope) => {
    perform(putWrite(input, scope));
    return {};
  },
};

export const updateItem: Operation<UpdateItemInput, UpdateItemOutput> = {
  action: 'dynamodb:UpdateItem',
  inputs: [...conditionMembers, 'Key', 'UpdateExpression', 'ReturnValues'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:UpdateItem', TableName, scope)],
  run: (input, scope) => {
    const { ReturnValues = 'NONE' } = input;
    if (ReturnValues !== 'NONE' && ReturnValues !== 'ALL_NEW') {
      throw new NotImplemented(`ReturnValues ${ReturnValues} of UpdateItem`);
    }
    const after = perform(updateWrite(input, scope));
    return ReturnValues === 'ALL_NEW' && after ? { Attributes: structuredClone(after) } : {};
  },
};

export const deleteItem: Operation<DeleteItemInput, DeleteItemOutput> = {
  action: 'dynamodb:DeleteItem',
  inputs: [...conditionMembers, 'Key'],
  requires: ({ TableName }, scope) => [tableAccess('dynamodb:DeleteItem', TableName, scope)],
  run: (input, scope) => {
    perform(deleteWrite(input, scope));
    return {};
  },
};

/** Writes if the condition holds, and returns the item after. */
function perform(write: Write): Item | undefined {
  const before = write.table.get(write.key);
  if (!conditionHolds(write, before)) {
    throw new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400 },
    });
  }
  const after = write.after(before);
  store(write, after);
  return after;
}

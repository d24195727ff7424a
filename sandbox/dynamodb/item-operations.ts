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
import { NotSpoken } from '../not-spoken.ts';
import type { Operation } from '../service.ts';
import { findTable, tableAccess } from './find-table.ts';
import { checkKey } from './keys.ts';
import { Placeholders } from './placeholders.ts';
import { readProjection } from './projection.ts';
import { conditionHolds, deleteWrite, perform, putWrite, updateWrite, type Write } from './write.ts';

const conditionMembers = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
] as const;

export const getItem: Operation<GetItemInput, GetItemOutput> = {
  action: 'dynamodb:GetItem',
  heeds: ['TableName', 'Key', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:GetItem', TableName, scope)],
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
  heeds: [...conditionMembers, 'Item'],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:PutItem', TableName, scope)],
  run: (input, scope) => written(putWrite(input, scope), input, ['NONE', 'ALL_OLD']),
};

export const updateItem: Operation<UpdateItemInput, UpdateItemOutput> = {
  action: 'dynamodb:UpdateItem',
  heeds: [...conditionMembers, 'Key', 'UpdateExpression'],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:UpdateItem', TableName, scope)],
  run: (input, scope) => written(updateWrite(input, scope), input, ['NONE', 'ALL_OLD', 'ALL_NEW']),
};

export const deleteItem: Operation<DeleteItemInput, DeleteItemOutput> = {
  action: 'dynamodb:DeleteItem',
  heeds: [...conditionMembers, 'Key'],
  accesses: ({ TableName }, scope) => [tableAccess('dynamodb:DeleteItem', TableName, scope)],
  run: (input, scope) => written(deleteWrite(input, scope), input, ['NONE', 'ALL_OLD']),
};

function written(
  request: Write,
  {
    ReturnValues = 'NONE',
    ReturnValuesOnConditionCheckFailure,
  }: Pick<PutItemInput, 'ReturnValues' | 'ReturnValuesOnConditionCheckFailure'>,
  allowed: readonly string[],
): Pick<PutItemOutput, 'Attributes'> {
  if (!allowed.includes(ReturnValues)) throw new NotSpoken(`ReturnValues ${ReturnValues} of this command`);
  const before = request.table.get(request.key);
  if (!conditionHolds(request, before)) {
    throw new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      ...(ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before && { Item: structuredClone(before) }),
      $metadata: { httpStatusCode: 400 },
    });
  }
  const after = request.after(before);
  perform(request, after);
  const item = ReturnValues === 'ALL_OLD' ? before : ReturnValues === 'ALL_NEW' ? after : undefined;
  return item === undefined ? {} : { Attributes: structuredClone(item) };
}

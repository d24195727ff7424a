import {
  type CancellationReason,
  DynamoDBServiceException,
  TransactionCanceledException,
  type TransactWriteItem,
  type TransactWriteItemsInput,
  type TransactWriteItemsOutput,
} from '@aws-sdk/client-dynamodb';
import type { Access, Operation, Scope } from '../service.ts';
import { validationError } from './errors.ts';
import { tableAccess } from './find-table.ts';
import {
  checkWrite,
  conditionHolds,
  deleteWrite,
  putWrite,
  store,
  updateWrite,
  type Write,
} from './write.ts';

/** Source: API reference, TransactWriteItems. */
const maxActions = 100;

export const transactWriteItems: Operation<TransactWriteItemsInput, TransactWriteItemsOutput> = {
  action: 'dynamodb:TransactWriteItems',
  inputs: ['TransactItems', 'ClientRequestToken'],
  requires: ({ TransactItems = [] }, scope) => TransactItems.flatMap((item) => accessesOf(item, scope)),
  run: (input, scope) => {
    if (scope.region.transactions.isRepeated(input, scope.now)) return {};
    const items = input.TransactItems ?? [];
    if (items.length === 0 || items.length > maxActions) {
      throw validationError(
        `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length between 1 and ${maxActions}`,
      );
    }
    const writes = items.map((item) => writeOf(item, scope));
    refuseRepeatedItems(writes.map(({ write }) => write));
    const results = writes.map(attempted);
    if (results.some(({ reason }) => reason.Code !== 'None')) {
      throw cancelled(results.map(({ reason }) => reason));
    }
    for (const { write, after } of results) store(write, after);
    scope.region.transactions.remember(input, scope.now);
    return {};
  },
};

interface TransactWrite {
  readonly write: Write;
  readonly returnOld: boolean;
}

function writeOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem, scope: Scope): TransactWrite {
  const [request, ...others] = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined);
  const returnOld = request?.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  if (others.length === 0) {
    if (Put) return { write: putWrite(Put, scope), returnOld };
    if (Update) return { write: updateWrite(Update, scope), returnOld };
    if (Delete) return { write: deleteWrite(Delete, scope), returnOld };
    if (ConditionCheck) return { write: checkWrite(ConditionCheck, scope), returnOld };
  }
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

function attempted({ write, returnOld }: TransactWrite) {
  const before = write.table.get(write.key);
  if (!conditionHolds(write, before)) {
    const reason: CancellationReason = {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(returnOld && before && { Item: structuredClone(before) }),
    };
    return { write, after: before, reason };
  }
  try {
    return { write, after: write.after(before), reason: { Code: 'None' } };
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error;
    return { write, after: before, reason: { Code: 'ValidationError', Message: error.message } };
  }
}

function cancelled(reasons: CancellationReason[]): Error {
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
    $metadata: { httpStatusCode: 400 },
  });
}

function refuseRepeatedItems(writes: readonly Write[]): void {
  const names = writes.map(({ table, key }) =>
    JSON.stringify([table.name, ...table.keys.map((name) => key[name]?.S)]),
  );
  if (new Set(names).size < names.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

/** IAM knows no TransactWriteItems: each part needs the permission of its kind. Source: Developer Guide, "Using IAM with transactions". */
function accessesOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem, scope: Scope): Access[] {
  return [
    ...(Put ? [tableAccess('dynamodb:PutItem', Put.TableName, scope)] : []),
    ...(Update ? [tableAccess('dynamodb:UpdateItem', Update.TableName, scope)] : []),
    ...(Delete ? [tableAccess('dynamodb:DeleteItem', Delete.TableName, scope)] : []),
    ...(ConditionCheck ? [tableAccess('dynamodb:ConditionCheckItem', ConditionCheck.TableName, scope)] : []),
  ];
}

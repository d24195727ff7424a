import {
  type CancellationReason,
  DynamoDBServiceException,
  TransactionCanceledException,
  type TransactWriteItem,
  type TransactWriteItemsInput,
  type TransactWriteItemsOutput,
} from '@aws-sdk/client-dynamodb';
import type { Access, Operation, Scope } from '../service.ts';
import { consume } from './consume.ts';
import { validationError } from './errors.ts';
import { partitionAccess } from './find-table.ts';
import { sizeOfItem } from './values.ts';
import { readWrite, store, type Write } from './write.ts';

/** Source: API reference, TransactWriteItems. */
const maxActions = 100;

export const transactWriteItems: Operation<TransactWriteItemsInput, TransactWriteItemsOutput> = {
  action: 'dynamodb:TransactWriteItems',
  inputs: ['TransactItems', 'ClientRequestToken'],
  requires: ({ TransactItems = [] }, scope) => TransactItems.flatMap((item) => partAccess(item, scope)),
  run: (input, scope) => {
    if (scope.region.transactions.isRepeated(input, scope.now)) return {};
    const items = input.TransactItems ?? [];
    if (items.length === 0 || items.length > maxActions) {
      throw validationError(
        `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length between 1 and ${maxActions}`,
      );
    }
    const writes = items.map((item) => readWrite(item, scope));
    refuseRepeatedItems(writes);
    const results = writes.map((write, index) => attempt(write, items[index] ?? {}));
    const reasons = results.map(({ reason }) => reason);
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw new TransactionCanceledException({
        message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
        CancellationReasons: reasons,
        $metadata: { httpStatusCode: 400 },
      });
    }
    for (const { write, after } of results) {
      // Source: DynamoDB Developer Guide, "Capacity unit consumption": a transaction writes each item twice.
      consume(write.table, 'write', sizeOfItem(after ?? {}), scope, 2);
      store(write, after);
    }
    scope.region.transactions.remember(input, scope.now);
    return {};
  },
};

function attempt(write: Write, { Put, Update, Delete, ConditionCheck }: TransactWriteItem) {
  const before = write.table.get(write.key);
  const failed = (reason: CancellationReason) => ({ write, after: before, reason });
  if (!write.condition(before ?? {})) {
    const { ReturnValuesOnConditionCheckFailure } = Put ?? Update ?? Delete ?? ConditionCheck ?? {};
    return failed({
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before && { Item: structuredClone(before) }),
    });
  }
  try {
    return { write, after: write.after(before), reason: { Code: 'None' } };
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error;
    return failed({ Code: 'ValidationError', Message: error.message });
  }
}

function refuseRepeatedItems(writes: readonly Write[]): void {
  const names = writes.map(({ table, key }) =>
    JSON.stringify([table.name, ...table.keys.map((name) => key[name]?.S)]),
  );
  if (new Set(names).size === names.length) return;
  throw validationError('Transaction request cannot include multiple operations on one item');
}

/** IAM has no action TransactWriteItems: each part needs the permission of its kind. Source: Developer Guide, "Using IAM with transactions". */
function partAccess(part: TransactWriteItem, scope: Scope): Access[] {
  return (['Put', 'Update', 'Delete', 'ConditionCheck'] as const).flatMap((kind) => {
    const { [kind]: write } = part;
    if (write === undefined) return [];
    const has = 'Item' in write ? write.Item : 'Key' in write ? write.Key : undefined;
    return [partitionAccess(`dynamodb:${kind}Item`, { TableName: write.TableName, has }, scope)];
  });
}

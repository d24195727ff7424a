import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parse } from '#core/parse.ts';
import { type StrikeEntry, type StrikeId, strikeKey } from '#core/ports.ts';
import { attributeOf, type Item, itemOf, recordOf } from './ledger-attributes.ts';
import { StrikeEntryShape } from './ledger-shapes.ts';
import { inDays, type LedgerTable } from './ledger-table.ts';

/** Strikes vanish after that; their slots are long past. */
const keptDays = 400;

const openPartition = 'open';
const sortKeyPrefix = 'strike#';

export function strikeFrom(item: Item): StrikeEntry {
  return parse(StrikeEntryShape, recordOf(item), 'strike in the ledger');
}

/** Whoever's it is, as it is now. */
export async function readStrike(
  { get }: LedgerTable,
  strike: Pick<StrikeId, 'slot' | 'group'>,
): Promise<StrikeEntry | undefined> {
  const item = await get(strikeItemKey(strike));
  return item && strikeFrom(item);
}

/** All strikes of a group that have not expired, by slot. */
export async function readStrikes(
  { partition }: LedgerTable,
  group: string,
): Promise<readonly StrikeEntry[]> {
  return (await partition(groupPartition(group), sortKeyPrefix)).map(strikeFrom);
}

/** Which strikes are open. */
export async function openPointers({ partition }: LedgerTable): Promise<readonly StrikeId[]> {
  return (await partition(openPartition)).map((item) =>
    parse(PointerShape, recordOf(item), 'open strike in the ledger'),
  );
}

/** Puts a strike, and refuses with the one that stands where there is one. */
export function putStrike(tableName: string, strike: StrikeEntry, now: number): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...strikeItemKey(strike), ...itemOf({ ...strike, expiresAt: inDays(keptDays, now) }) },
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Sets attributes, and refuses unless the strike is this run's, in one of these states, and not closed. */
export function changeStrike(
  tableName: string,
  strike: StrikeId,
  from: readonly StrikeEntry['state'][],
  changes: Partial<Pick<StrikeEntry, 'state' | 'detail' | 'recovery'>>,
): TransactWriteItem {
  const names = Object.keys(changes);
  const { names: conditionNames, values, expression } = standsIn(strike, from);
  return {
    Update: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ConditionExpression: expression,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
      ExpressionAttributeNames: {
        ...conditionNames,
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ...values,
        ...Object.fromEntries(
          Object.entries(changes).map(([name, value]) => [`:new_${name}`, attributeOf(value)]),
        ),
      },
    },
  };
}

/** Deletes it under the same condition. */
export function deleteStrike(
  tableName: string,
  strike: StrikeId,
  from: readonly StrikeEntry['state'][],
): TransactWriteItem {
  const { names, values, expression } = standsIn(strike, from);
  return {
    Delete: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ConditionExpression: expression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}

/** So that all open strikes are one query. */
export function putPointer(tableName: string, { slot, group, runId }: StrikeId): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...pointerKey({ slot, group }), ...itemOf({ slot, group, runId }) },
    },
  };
}

export function deletePointer(tableName: string, strike: StrikeId): TransactWriteItem {
  return { Delete: { TableName: tableName, Key: pointerKey(strike) } };
}

function standsIn({ runId }: StrikeId, from: readonly StrikeEntry['state'][]) {
  return {
    expression: `#runId = :runId AND #state IN (${from.map((_, index) => `:from_${index}`).join(', ')}) AND attribute_not_exists(#recovery)`,
    names: { '#runId': 'runId', '#state': 'state', '#recovery': 'recovery' },
    values: {
      ':runId': attributeOf(runId),
      ...Object.fromEntries(from.map((state, index) => [`:from_${index}`, attributeOf(state)])),
    },
  };
}

function strikeItemKey({ slot, group }: Pick<StrikeId, 'slot' | 'group'>): Item {
  return { pk: { S: groupPartition(group) }, sk: { S: `${sortKeyPrefix}${slot}` } };
}

function pointerKey(strike: Pick<StrikeId, 'slot' | 'group'>): Item {
  return { pk: { S: openPartition }, sk: { S: strikeKey(strike) } };
}

function groupPartition(group: string): string {
  return `group#${group}`;
}

const PointerShape: z.ZodType<StrikeId> = z.object({
  slot: z.string(),
  group: z.string(),
  runId: z.string(),
});

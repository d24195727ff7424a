import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { StrikeEntry, type StrikeId, strikeKey } from '#core/model/strike.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions } from './build-expressions.ts';
import { describeUnreadable, findMisplaced, type Read, readItem } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';

/** Strikes vanish after that; their slots are long past. */
const keptDays = 400;

const openPartition = 'open';
const sortKeyPrefix = 'strike#';

/** A strike's place in the table. */
export type StrikePlace = Pick<StrikeId, 'slot' | 'group'>;

export function parseStrike(item: Item, tableName: string, place: StrikePlace): Read<StrikeEntry> {
  const { slot, group } = place;
  const found = { tableName, key: strikeItemKey(place), group };
  const misplaced = findMisplaced(item, { slot, group }, found);
  return misplaced === undefined ? readItem(StrikeEntry, item, found) : { unreadable: misplaced };
}

/** Whoever's it is, as it is now. */
export async function readStrike(
  { tableName, get }: LedgerTable,
  place: StrikePlace,
): Promise<Read<StrikeEntry> | undefined> {
  const item = await get(strikeItemKey(place));
  return item && parseStrike(item, tableName, place);
}

/** All strikes of a group that have not expired, by slot. */
export async function readStrikes(
  { tableName, partition }: LedgerTable,
  group: string,
): Promise<readonly Read<StrikeEntry>[]> {
  return (await partition(groupPartition(group), sortKeyPrefix)).map((item) =>
    parseStrike(item, tableName, { group, slot: (item.sk?.S ?? '').slice(sortKeyPrefix.length) }),
  );
}

/** Which strikes are open. */
export async function readOpenPointers({
  tableName,
  partition,
}: LedgerTable): Promise<readonly Read<StrikePlace>[]> {
  return (await partition(openPartition)).map((item) => parsePointer(item, tableName));
}

/** What a pointer points to, by its key alone: it is deleted by that, and what its attributes say costs its strike nothing. */
export function parsePointer(item: Item, tableName: string): Read<StrikePlace> {
  const [, group, slot] = /^(.+) in slot (.+)$/s.exec(item.sk?.S ?? '') ?? [];
  if (group !== undefined && slot !== undefined) return { value: { group, slot } };
  return { unreadable: describeUnreadable({ tableName, key: item }, 'sk: expected GROUP in slot SLOT') };
}

/** What is wrong with a pointer's attributes, for those who look for damage. */
export function findMisplacedPointer(
  item: Item,
  tableName: string,
  { slot, group }: StrikePlace,
): UnreadableItem | undefined {
  return findMisplaced(item, { slot, group }, { tableName, key: pointerKey({ slot, group }), group });
}

/** Puts a strike, and refuses with the one that stands where there is one. */
export function putStrike(tableName: string, strike: StrikeEntry, now: number): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...strikeItemKey(strike), ...toItem({ ...strike, expiresAt: inDays(keptDays, now) }) },
      ...buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' }),
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
  const { ConditionExpression, values } = requireState(strike, from);
  const names = Object.keys(changes);
  const changed = Object.entries(toItem(changes)).map(([name, value]) => [`new_${name}`, value]);
  return {
    Update: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ...buildExpressions(
        {
          ConditionExpression,
          UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
        },
        { ...values, ...Object.fromEntries(changed) },
      ),
    },
  };
}

/** Deletes it under the same condition. */
export function deleteStrike(
  tableName: string,
  strike: StrikeId,
  from: readonly StrikeEntry['state'][],
): TransactWriteItem {
  const { ConditionExpression, values } = requireState(strike, from);
  return {
    Delete: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ...buildExpressions({ ConditionExpression }, values),
    },
  };
}

/** So that all open strikes are one query. */
export function putPointer(tableName: string, strike: StrikeId): TransactWriteItem {
  return { Put: { TableName: tableName, Item: pointerItem(strike) } };
}

export function pointerItem({ slot, group, runId }: StrikeId): Item {
  return { ...pointerKey({ slot, group }), ...toItem({ slot, group, runId }) };
}

export function deletePointer(tableName: string, strike: StrikeId): TransactWriteItem {
  return { Delete: { TableName: tableName, Key: pointerKey(strike) } };
}

function requireState({ runId }: StrikeId, from: readonly StrikeEntry['state'][]) {
  const states = from.map((state, index) => [`from_${index}`, state] as const);
  const names = states.map(([name]) => `:${name}`).join(', ');
  return {
    ConditionExpression: `#runId = :runId AND #state IN (${names}) AND attribute_not_exists(#recovery)`,
    values: toItem({ runId, ...Object.fromEntries(states) }),
  };
}

export function strikeItemKey({ slot, group }: StrikePlace): Item {
  return toItem({ pk: groupPartition(group), sk: `${sortKeyPrefix}${slot}` });
}

export function pointerKey(strike: StrikePlace): Item {
  return toItem({ pk: openPartition, sk: strikeKey(strike) });
}

function groupPartition(group: string): string {
  return `group#${group}`;
}

import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { StrikeEntry, type StrikeId, strikeKey } from '#core/model/strike.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import { type Item, itemOf } from './attributes.ts';
import { expressed } from './expressed.ts';
import { misplacedAt, type Read, readItem, unreadableAt } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';

/** Strikes vanish after that; their slots are long past. */
const keptDays = 400;

const openPartition = 'open';
const sortKeyPrefix = 'strike#';

/** A strike's place in the table. */
export type StrikePlace = Pick<StrikeId, 'slot' | 'group'>;

export function strikeFrom(item: Item, tableName: string, place: StrikePlace): Read<StrikeEntry> {
  const { slot, group } = place;
  const found = { tableName, key: strikeItemKey(place), group };
  const misplaced = misplacedAt(item, { slot, group }, found);
  return misplaced === undefined ? readItem(StrikeEntry, item, found) : { unreadable: misplaced };
}

/** Whoever's it is, as it is now. */
export async function readStrike(
  { tableName, get }: LedgerTable,
  place: StrikePlace,
): Promise<Read<StrikeEntry> | undefined> {
  const item = await get(strikeItemKey(place));
  return item && strikeFrom(item, tableName, place);
}

/** All strikes of a group that have not expired, by slot. */
export async function readStrikes(
  { tableName, partition }: LedgerTable,
  group: string,
): Promise<readonly Read<StrikeEntry>[]> {
  return (await partition(groupPartition(group), sortKeyPrefix)).map((item) =>
    strikeFrom(item, tableName, { group, slot: (item.sk?.S ?? '').slice(sortKeyPrefix.length) }),
  );
}

/** Which strikes are open. */
export async function openPointers({
  tableName,
  partition,
}: LedgerTable): Promise<readonly Read<StrikePlace>[]> {
  return (await partition(openPartition)).map((item) => placeFrom(item, tableName));
}

/** What a pointer points to, by its key alone: it is deleted by that, and what its attributes say costs its strike nothing. */
export function placeFrom(item: Item, tableName: string): Read<StrikePlace> {
  const [, group, slot] = /^(.+) in slot (.+)$/s.exec(item.sk?.S ?? '') ?? [];
  if (group !== undefined && slot !== undefined) return { value: { group, slot } };
  return { unreadable: unreadableAt({ tableName, key: item }, 'sk: expected GROUP in slot SLOT') };
}

/** What is wrong with a pointer's attributes, for those who look for damage. */
export function misplacedPointer(
  item: Item,
  tableName: string,
  { slot, group }: StrikePlace,
): UnreadableItem | undefined {
  return misplacedAt(item, { slot, group }, { tableName, key: pointerKey({ slot, group }), group });
}

/** Puts a strike, and refuses with the one that stands where there is one. */
export function putStrike(tableName: string, strike: StrikeEntry, now: number): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...strikeItemKey(strike), ...itemOf({ ...strike, expiresAt: inDays(keptDays, now) }) },
      ...expressed({ ConditionExpression: 'attribute_not_exists(#pk)' }),
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
  const { ConditionExpression, values } = standsIn(strike, from);
  const names = Object.keys(changes);
  const changed = Object.entries(itemOf(changes)).map(([name, value]) => [`new_${name}`, value]);
  return {
    Update: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ...expressed(
        {
          ConditionExpression,
          UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
        },
        { ...values, ...Object.fromEntries(changed) },
      ),
    },
  };
}

/** Says when the fault of a strike ended; refuses where the strike is not on record. */
export function markUndone(tableName: string, strike: StrikeId, undoneAt: string): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ...expressed(
        { ConditionExpression: '#runId = :runId', UpdateExpression: 'SET #undoneAt = :undoneAt' },
        itemOf({ runId: strike.runId, undoneAt }),
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
  const { ConditionExpression, values } = standsIn(strike, from);
  return {
    Delete: {
      TableName: tableName,
      Key: strikeItemKey(strike),
      ...expressed({ ConditionExpression }, values),
    },
  };
}

/** So that all open strikes are one query. */
export function putPointer(tableName: string, strike: StrikeId): TransactWriteItem {
  return { Put: { TableName: tableName, Item: pointerItem(strike) } };
}

export function pointerItem({ slot, group, runId }: StrikeId): Item {
  return { ...pointerKey({ slot, group }), ...itemOf({ slot, group, runId }) };
}

export function deletePointer(tableName: string, strike: StrikeId): TransactWriteItem {
  return { Delete: { TableName: tableName, Key: pointerKey(strike) } };
}

function standsIn({ runId }: StrikeId, from: readonly StrikeEntry['state'][]) {
  const states = from.map((state, index) => [`from_${index}`, state] as const);
  const names = states.map(([name]) => `:${name}`).join(', ');
  return {
    ConditionExpression: `#runId = :runId AND #state IN (${names}) AND attribute_not_exists(#recovery)`,
    values: itemOf({ runId, ...Object.fromEntries(states) }),
  };
}

export function strikeItemKey({ slot, group }: StrikePlace): Item {
  return itemOf({ pk: groupPartition(group), sk: `${sortKeyPrefix}${slot}` });
}

export function pointerKey(strike: StrikePlace): Item {
  return itemOf({ pk: openPartition, sk: strikeKey(strike) });
}

function groupPartition(group: string): string {
  return `group#${group}`;
}

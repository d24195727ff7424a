import { StrikeEntry, type StrikeId, strikeKey } from '#core/model/strike.ts';
import type { UnreadableItem } from '#core/model/unreadable-item.ts';
import { type Item, toItem } from './attributes.ts';
import { buildExpressions, prefixNames } from './build-expressions.ts';
import { describeUnreadable, findMisplaced, type Read, readItem } from './read.ts';
import { inDays, type LedgerTable } from './table.ts';
import { update, type Write } from './writes.ts';

/** By then the slot is long past. */
const keptDays = 400;

const openPartition = 'open';
const sortKeyPrefix = 'strike#';

/** Identifies a strike in the table. */
export type StrikePlace = Pick<StrikeId, 'slot' | 'group'>;

export function parseStrike(item: Item, tableName: string, place: StrikePlace): Read<StrikeEntry> {
  const { slot, group } = place;
  const location = { tableName, key: strikeItemKey(place), group };
  const misplaced = findMisplaced(item, { slot, group }, location);
  return misplaced === undefined ? readItem(StrikeEntry, item, location) : { unreadable: misplaced };
}

/** Reads a strike, whichever run claimed it. */
export async function readStrike(
  { tableName, get }: LedgerTable,
  place: StrikePlace,
): Promise<Read<StrikeEntry> | undefined> {
  const item = await get(strikeItemKey(place));
  return item && parseStrike(item, tableName, place);
}

/** All strikes of a group that have not expired, by slot. */
export async function readStrikes(
  { tableName, readPartition }: LedgerTable,
  group: string,
): Promise<readonly Read<StrikeEntry>[]> {
  return (await readPartition(groupPartition(group), sortKeyPrefix)).map((item) =>
    parseStrike(item, tableName, { group, slot: (item.sk?.S ?? '').slice(sortKeyPrefix.length) }),
  );
}

export async function readOpenPointers({
  tableName,
  readPartition,
}: LedgerTable): Promise<readonly Read<StrikePlace>[]> {
  return (await readPartition(openPartition)).map((item) => parsePointer(item, tableName));
}

/** Uses only the key, by which the pointer is deleted: damaged attributes do no harm to the strike. */
export function parsePointer(item: Item, tableName: string): Read<StrikePlace> {
  const [, group, slot] = /^(.+) in slot (.+)$/s.exec(item.sk?.S ?? '') ?? [];
  if (group !== undefined && slot !== undefined) return { value: { group, slot } };
  return { unreadable: describeUnreadable({ tableName, key: item }, 'sk: expected GROUP in slot SLOT') };
}

/** Reports attributes that `parsePointer` ignores but that contradict the key. */
export function findMisplacedPointer(
  item: Item,
  tableName: string,
  { slot, group }: StrikePlace,
): UnreadableItem | undefined {
  return findMisplaced(item, { slot, group }, { tableName, key: pointerKey({ slot, group }), group });
}

/** Refused, with the existing strike, if there is one. */
export function putStrike(strike: StrikeEntry, now: number): Write {
  return {
    Put: {
      Item: { ...strikeItemKey(strike), ...toItem({ ...strike, expiresAt: inDays(keptDays, now) }) },
      ...buildExpressions({ ConditionExpression: 'attribute_not_exists(#pk)' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Refused unless this run claimed the strike, and it is open and in one of these states. */
export function changeStrike(
  strike: StrikeId,
  from: readonly StrikeEntry['state'][],
  changes: Partial<Pick<StrikeEntry, 'state' | 'detail' | 'recovery'>>,
): Write {
  const { condition, values } = requireState(strike, from);
  const changed = toItem(changes);
  const sets = Object.keys(changed).map((name) => `#${name} = :new_${name}`);
  return update(strikeItemKey(strike), `SET ${sets.join(', ')}`, condition, {
    ...values,
    ...prefixNames('new_', changed),
  });
}

/** Refused as `changeStrike` is. */
export function deleteStrike(strike: StrikeId, from: readonly StrikeEntry['state'][]): Write {
  const { condition: ConditionExpression, values } = requireState(strike, from);
  return {
    Delete: { Key: strikeItemKey(strike), ...buildExpressions({ ConditionExpression }, values) },
  };
}

/** Records when the fault of a strike ended, and what came of it. Refused if the strike is not on record. */
export function markUndone(
  strike: StrikeId,
  changes: { readonly undoneAt: string; readonly detail?: string },
): Write {
  const sets = Object.keys(changes).map((name) => `#${name} = :${name}`);
  const values = toItem({ runId: strike.runId, ...changes });
  return update(strikeItemKey(strike), `SET ${sets.join(', ')}`, '#runId = :runId', values);
}

/** Makes finding all open strikes a single query. */
export function putPointer(strike: StrikeId): Write {
  return { Put: { Item: pointerItem(strike) } };
}

export function pointerItem({ slot, group, runId }: StrikeId): Item {
  return { ...pointerKey({ slot, group }), ...toItem({ slot, group, runId }) };
}

export function deletePointer(strike: StrikeId): Write {
  return { Delete: { Key: pointerKey(strike) } };
}

function requireState({ runId }: StrikeId, from: readonly StrikeEntry['state'][]) {
  const states = from.map((state, index) => [`from_${index}`, state] as const);
  const names = states.map(([name]) => `:${name}`).join(', ');
  return {
    condition: `#runId = :runId AND #state IN (${names}) AND attribute_not_exists(#recovery)`,
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

import type * as z from 'zod';
import { type Readable, type UnreadableItem, UnreadableItemError } from '#core/model/unreadable-item.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';
import { type Item, toRecord } from './attributes.ts';
import { readSchemaVersion, schemaVersion } from './version.ts';

/** What an item says; or why it says nothing. */
export type Read<Value> = { readonly value: Value } | { readonly unreadable: UnreadableItem };

/** Where an item was found. Its key, as not all answers have it. */
export interface ItemLocation {
  readonly tableName: string;
  readonly key: Item;
  /** The key of the group that it is about. */
  readonly group?: string | undefined;
}

const maxWhy = 200;

/**
 * Attributes that are not known are passed over, whatever version wrote them: shapes of items say so themselves, by being
 * plain objects and not strict ones.
 */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: Item,
  found: ItemLocation,
): Read<z.output<Schema>> {
  try {
    return { value: parse(schema, toRecord(item), 'item') };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { unreadable: describeUnreadable(found, `${newerText(item)}${mistakesText(error)}`) };
  }
}

export function describeUnreadable({ tableName, key, group }: ItemLocation, why: string): UnreadableItem {
  return {
    table: tableName,
    pk: keyText(key.pk),
    sk: keyText(key.sk),
    why: why.length > maxWhy ? `${why.slice(0, maxWhy - 3)}...` : why,
    group,
  };
}

/** What is wrong with an item whose attributes name another place than its key does, by which it is found and changed. */
export function findMisplaced(
  item: Item,
  place: Readonly<Record<string, string>>,
  found: ItemLocation,
): UnreadableItem | undefined {
  const [name] = Object.keys(place).filter((one) => item[one] !== undefined && item[one].S !== place[one]);
  if (name === undefined) return undefined;
  return describeUnreadable(
    found,
    `${name}: expected that of its key, found ${JSON.stringify(toRecord(item)[name])}`,
  );
}

/** The value; throws `UnreadableItemError` where there is none. */
export function valueOrThrow<Value>(read: Read<Value>): Value {
  if ('value' in read) return read.value;
  throw new UnreadableItemError(read.unreadable);
}

/** All values that there are, and the items that have none. */
export function splitReads<Value>(reads: readonly Read<Value>[]): Readable<readonly Value[]> {
  return {
    found: reads.flatMap((read) => ('value' in read ? [read.value] : [])),
    unreadable: reads.flatMap((read) => ('unreadable' in read ? [read.unreadable] : [])),
  };
}

function newerText(item: Item): string {
  const version = readSchemaVersion(item);
  return version === undefined || version <= schemaVersion
    ? ''
    : `a newer version wrote it (its schemaVersion is ${version}, ${schemaVersion} is known here). `;
}

function mistakesText({ mistakes }: InvalidInput): string {
  return mistakes.map(({ path, expected, found }) => `${path}: ${expected}, found ${found}`).join('; ');
}

function keyText(attribute: Item[string] | undefined): string {
  return attribute?.S ?? JSON.stringify(attribute ?? '');
}

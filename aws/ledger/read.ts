import type * as z from 'zod';
import { type Readable, type UnreadableItem, UnreadableItemError } from '#core/model/unreadable-item.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';
import { type Item, toRecord } from './attributes.ts';
import { readSchemaVersion, schemaVersion } from './schema-version.ts';

/** The value of an item, or why it cannot be read. */
export type Read<Value, Item extends UnreadableItem = UnreadableItem> =
  | { readonly value: Value }
  | { readonly unreadable: Item };

export interface ItemLocation {
  readonly tableName: string;
  /** Given separately, as not every item in an answer includes its key. */
  readonly key: Item;
  /** The key of the group that the item is about. */
  readonly group?: string | undefined;
}

const maxWhy = 200;

/** Schemas are not strict, so that attributes which another version wrote are ignored. */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: Item,
  location: ItemLocation,
): Read<z.output<Schema>> {
  try {
    return { value: parse(schema, toRecord(item), 'item') };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { unreadable: describeUnreadable(location, `${newerText(item)}${mistakesText(error)}`) };
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

/** Reports an item whose attributes contradict its key, by which it is found and changed. */
export function findMisplaced(
  item: Item,
  expected: Readonly<Record<string, string>>,
  location: ItemLocation,
): UnreadableItem | undefined {
  const name = Object.keys(expected).find((one) => item[one] !== undefined && item[one].S !== expected[one]);
  if (name === undefined) return undefined;
  const found = JSON.stringify(toRecord(item)[name]);
  return describeUnreadable(location, `${name}: expected that of its key, found ${found}`);
}

/** Throws `UnreadableItemError` if there is no value. */
export function valueOrThrow<Value>(read: Read<Value>): Value {
  if ('value' in read) return read.value;
  throw new UnreadableItemError(read.unreadable);
}

export function splitReads<Value, Item extends UnreadableItem>(
  reads: readonly Read<Value, Item>[],
): Readable<readonly Value[], Item> {
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

import { type Failure, type FailureStage, failure } from './failure.ts';

/** A ledger item that cannot be parsed: damaged, edited by hand, or written by a version with another format. */
export interface UnreadableItem {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  /** What is wrong with it, on one line. */
  readonly why: string;
  /** The key of the group that it belongs to; undefined if there is none, or if that is unreadable too. */
  readonly group: string | undefined;
}

/** The same of an undo entry: a fault that nobody undoes by it. As far as it can be read: whose it is, and how to undo it by hand. */
export interface UnreadableUndo extends UnreadableItem {
  readonly runId?: string;
  /** aws CLI commands. */
  readonly byHand?: readonly string[];
}

/** What could be read from the ledger, and the items that could not be. */
export interface Readable<Value, Item extends UnreadableItem = UnreadableItem> {
  readonly found: Value;
  readonly unreadable: readonly Item[];
}

/** The failure's code. Not the class's name, which the bundler may change. */
export const unreadableItem = 'UnreadableItem';

/** A ledger method needs an item that cannot be read. */
export class UnreadableItemError extends Error {
  override readonly name = unreadableItem;
  readonly item: UnreadableItem;

  constructor(item: UnreadableItem) {
    super(unreadableText(item));
    this.item = item;
  }
}

/** Keys come first: long texts are truncated, and the keys find the item. `flags` locate the ledger for our own command. */
export function unreadableText({ table, pk, sk, why }: UnreadableItem, flags = ''): string {
  return `ledger item pk=${pk} sk=${sk} in table ${table} cannot be read (./chaos ledger check${flags} says what to do): ${why}`;
}

export function unreadableFailures(
  stage: FailureStage,
  items: readonly UnreadableItem[],
): readonly Failure[] {
  return items.map((item) =>
    failure(stage, new UnreadableItemError(item), item.group === undefined ? {} : { group: item.group }),
  );
}

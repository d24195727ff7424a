import { type Failure, type FailureStage, failure } from './failure.ts';

/** An item of the ledger that is not as it was written: damaged, changed by hand, or by a version that writes otherwise. */
export interface UnreadableItem {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  /** What is wrong with it, in one line. */
  readonly why: string;
  /** The key of the group that it is about; undefined where it is about none, or that cannot be told. */
  readonly group: string | undefined;
}

/** What could be read of the ledger, and the items that could not be. */
export interface Readable<Value> {
  readonly found: Value;
  readonly unreadable: readonly UnreadableItem[];
}

/** The code of the failure that tells of it. Not the class's own name, which does not outlive the bundler. */
export const unreadableItem = 'UnreadableItem';

/** What was asked of the ledger hangs on an item that cannot be read. */
export class UnreadableItemError extends Error {
  override readonly name = unreadableItem;
  readonly item: UnreadableItem;

  constructor(item: UnreadableItem) {
    super(unreadableText(item));
    this.item = item;
  }
}

/** The keys first: what is cut is what is least needed to find the item. `flags` say to our own command where the ledger is. */
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

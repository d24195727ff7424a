import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Item } from '../attributes.ts';
import type { ItemKind } from './read-contents.ts';

export interface LedgerKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * A write that mends something. `remove` is an attribute of the item in question; `count` sets that of a counter that still says
 * `seen`; `together` is one transaction, which refuses where what it goes by has changed since.
 */
export type Mend =
  | { readonly put: Item }
  | { readonly delete: LedgerKey }
  | { readonly remove: string }
  | { readonly count: number; readonly seen: AttributeValue | undefined }
  | { readonly together: readonly TransactWriteItem[] };

/** What the list of held groups says of one, against its record. */
export type ListProblem = 'not-listed' | 'not-held' | 'listed-otherwise';

/** Something in the table that is not as runs need it. */
export interface LedgerProblem {
  /** An item that cannot be read, by what it is; or what does not fit together. */
  readonly problem: ItemKind | 'miscounted' | 'dangling-pointer' | 'lost-strike' | ListProblem;
  readonly key: LedgerKey;
  readonly why: string;
  /** The group that it is about. */
  readonly group?: string;
  /** In their order; none where only people can say. */
  readonly mend: readonly Mend[];
  /** What the item has no more once it is mended: parts that cannot be read. */
  readonly lost?: readonly string[];
}

export function toLedgerKey({ pk, sk }: Item): LedgerKey {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '' };
}

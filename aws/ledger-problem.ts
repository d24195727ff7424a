import type { Item } from './ledger-attributes.ts';
import type { ItemKind } from './ledger-contents.ts';

export interface LedgerKey {
  readonly pk: string;
  readonly sk: string;
}

/** A write that mends something. `remove` is an attribute of the item in question. */
export type Mend =
  | { readonly put: Item }
  | { readonly delete: LedgerKey }
  | { readonly remove: string }
  | { readonly count: number };

/** Something in the table that is not as runs need it. */
export interface LedgerProblem {
  /** An item that cannot be read, by what it is; or what does not fit together. */
  readonly problem: ItemKind | 'miscounted' | 'dangling-pointer' | 'lost-strike' | 'not-listed';
  readonly key: LedgerKey;
  readonly why: string;
  /** The group that it is about. */
  readonly group?: string;
  /** In their order; none where only people can say. */
  readonly mend: readonly Mend[];
  /** What the item has no more once it is mended: parts that cannot be read. */
  readonly lost?: readonly string[];
}

export function keyOf({ pk, sk }: Item): LedgerKey {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '' };
}

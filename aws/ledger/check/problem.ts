import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Item } from '../attributes.ts';
import type { ItemKind } from './read-contents.ts';

export interface LedgerKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * A write that repairs something. `remove` names an attribute of the item. `count` sets a counter, if it is still `seen`. `together` is
 * one transaction, refused if the data it depends on has changed.
 */
export type Mend =
  | { readonly put: Item }
  | { readonly delete: LedgerKey }
  | { readonly remove: string }
  | { readonly count: number; readonly seen: AttributeValue | undefined }
  | { readonly together: readonly TransactWriteItem[] };

/** The list of held groups disagrees with a group's record. */
export type ListProblem = 'not-listed' | 'not-held' | 'listed-otherwise';

/** Open undo entries, locks and strikes disagree. */
export type UndoProblem = 'stray-lock' | 'lost-lock' | 'shared-lock' | 'lost-undo';

export interface LedgerProblem {
  /** The kind of an unreadable item, or the kind of inconsistency. */
  readonly problem:
    | ItemKind
    | 'miscounted'
    | 'dangling-pointer'
    | 'lost-strike'
    | 'lost-experiment'
    | ListProblem
    | UndoProblem;
  readonly key: LedgerKey;
  readonly why: string;
  readonly group?: string;
  /** In order; empty if a person must decide. */
  readonly mend: readonly Mend[];
  /** Of an unreadable undo entry: aws CLI commands that undo it in the target's account, as far as they can be read. */
  readonly byHand?: readonly string[];
  /** Unreadable parts that the repair removes. */
  readonly lost?: readonly string[];
}

export function toLedgerKey({ pk, sk }: Item): LedgerKey {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '' };
}

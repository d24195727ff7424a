import type { UndoEnd, UndoEntry } from '../model/undo-entry.ts';

/** What an attempt to undo came to. */
export type UndoProgress =
  /** `effect`: what the fault did, where it can tell. `warning`: what people have to see to all the same. */
  | { readonly is: 'ended'; readonly end: UndoEnd; readonly effect?: string; readonly warning?: string }
  /** AWS is busy with the target, or does not show the undo yet: to be tried again in some seconds. */
  | {
      readonly is: 'busy';
      readonly entry: UndoEntry;
      readonly why: string;
      /** Epoch ms before which another attempt would come to the same. */
      readonly notBefore?: number;
    }
  | { readonly is: 'contested'; readonly entry: UndoEntry; readonly why: string }
  /** It is in place, and its time has not come. */
  | { readonly is: 'active'; readonly entry: UndoEntry }
  | { readonly is: 'failing'; readonly entry: UndoEntry; readonly why: string }
  /** Somebody else is at it. */
  | { readonly is: 'taken' };

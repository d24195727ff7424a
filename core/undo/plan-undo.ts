import * as z from 'zod';
import { AccountId } from '../model/aws-names.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import type { Parsed } from '../util/parse.ts';

export const UndoId = z
  .string('expected the id of a strike')
  .regex(/^[0-9a-f]{16}$/, 'expected the id of a strike, 16 hex digits');

/** Which entries a round of the janitor is to undo before they are due. */
export const UndoOrder = z
  .strictObject({
    /** All at once: a stop is set, or somebody asked for it. */
    all: z.boolean('expected true or false').exactOptional(),
    /** Strikes, by the ids of their entries. */
    strikes: z
      .array(UndoId, 'expected a list of strikes')
      .min(1, 'expected at least one strike')
      .exactOptional(),
    account: AccountId.exactOptional(),
    /** Contested entries of these strikes are closed as they are: a person has seen to the target. */
    accept: z.boolean('expected true or false').exactOptional(),
  })
  .refine(({ accept, strikes }) => accept !== true || strikes !== undefined, {
    path: ['strikes'],
    error: 'expected the strikes that are accepted: they must be named',
  });
export type UndoOrder = Parsed<typeof UndoOrder>;

/**
 * What a round does about an entry. `undo`: its time has come. `resolve`: its run has died, or its call was lost, and the target shows
 * how far it came. `accept`: close it as it is.
 */
export type UndoStep = 'undo' | 'resolve' | 'accept';

/** Durations are counted by clocks that differ a little: late by this, never early. */
const lateMs = 1_000;

/** Undefined: nothing yet. `now`: epoch ms. */
export function nextStep(entry: UndoEntry, order: UndoOrder, now: number): UndoStep | undefined {
  const isOrdered = isOrderedIn(entry, order);
  const isNamed = order.strikes?.includes(entry.id) === true;
  switch (entry.state) {
    case 'reserved':
    case 'injecting':
      if (now >= Math.max(entry.abandonedAfter, attemptAfter(entry))) return 'resolve';
      if (entry.state === 'reserved') return undefined;
      // Its run may be alive. An injection under way is undone all the same, and again once the run must have ended.
      return isOrdered || now >= Math.max(dueAt(entry), attemptAfter(entry)) ? 'undo' : undefined;
    case 'active':
      return isOrdered || now >= dueAt(entry) ? 'undo' : undefined;
    case 'undoing':
      return 'undo';
    case 'undo-failed':
      return isOrdered || now >= attemptAfter(entry) ? 'undo' : undefined;
    case 'contested':
      // Only one that was named: under a stop, everything is ordered.
      return order.accept === true && isNamed ? 'accept' : undefined;
  }
}

/** Epoch ms. */
function dueAt({ deadline }: UndoEntry): number {
  return Date.parse(deadline) + lateMs;
}

/** Epoch ms before which it is not tried again, after a failure. */
function attemptAfter({ nextAttemptAt }: UndoEntry): number {
  return nextAttemptAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(nextAttemptAt);
}

export function isOrderedIn(
  { id, target }: Pick<UndoEntry, 'id' | 'target'>,
  { all, strikes, account }: UndoOrder,
): boolean {
  return all === true || strikes?.includes(id) === true || account === target.account;
}

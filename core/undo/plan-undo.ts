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
    /** Those of a run, as of an experiment that has died. What else is due is undone with them. */
    run: z.string('expected the id of a run').min(1, 'expected the id of a run').exactOptional(),
    /** Looks again until the round is over: an alarm, unlike a stop, does not keep a run from what it is about to claim. */
    watch: z.boolean('expected true or false').exactOptional(),
    /** Of these strikes, those that are contested or cannot be undone are closed as they are: a person has seen to the target. */
    accept: z.boolean('expected true or false').exactOptional(),
  })
  .refine(({ accept, strikes }) => accept !== true || strikes !== undefined, {
    path: ['strikes'],
    error: 'expected the strikes that are accepted: they must be named',
  });
export type UndoOrder = Parsed<typeof UndoOrder>;

/** What a round is to do. */
export interface RoundOrder {
  /** What somebody has asked for. */
  readonly asked: UndoOrder;
  /** A stop is set: everything is due. As it stays set, what fails is not tried again sooner than otherwise. */
  readonly isStopped: boolean;
  /** Experiments that nobody answers for, by the ids of their runs: all of theirs is due, on the same terms. */
  readonly orphans: ReadonlySet<string>;
}

/**
 * What a round does about an entry. `undo`: its time has come. `resolve`: its run has died, or its call was lost, and the target shows
 * how far it came. `take`: nothing was sent, and its run is to send nothing. `accept`: close it as it is.
 */
export type UndoStep = 'undo' | 'resolve' | 'take' | 'accept';

/** Durations are counted by clocks that differ a little: late by this, never early. */
const lateMs = 1_000;

/** Undefined: nothing yet. `now`: epoch ms. */
export function nextStep(
  entry: UndoEntry,
  { asked, isStopped, orphans }: RoundOrder,
  now: number,
): UndoStep | undefined {
  const isAsked = isOrderedIn(entry, asked);
  const isOrdered = isAsked || isStopped || orphans.has(entry.runId);
  // Only what is named.
  const isAccepted = asked.accept === true && asked.strikes?.includes(entry.id) === true;
  if (isAccepted && isStuck(entry)) return 'accept';
  switch (entry.state) {
    case 'reserved':
    case 'injecting':
      if (now >= Math.max(entry.abandonedAfter, attemptAfter(entry))) return 'resolve';
      // Once it has changed, its run cannot go on.
      if (entry.state === 'reserved') return isOrdered && entry.revision === 0 ? 'take' : undefined;
      // Its run may be alive. An injection under way is undone all the same, and again once the run must have ended.
      return isOrdered || now >= Math.max(dueAt(entry), attemptAfter(entry)) ? 'undo' : undefined;
    case 'active':
      return isOrdered || now >= dueAt(entry) ? 'undo' : undefined;
    case 'undoing':
      return 'undo';
    case 'undo-failed':
      return isAsked || now >= attemptAfter(entry) ? 'undo' : undefined;
    case 'contested':
      return undefined;
  }
}

/** What only people may be able to end, or to say that it has ended. */
function isStuck({ state, failingSince }: UndoEntry): boolean {
  const isUnresolved = (state === 'reserved' || state === 'injecting') && failingSince !== undefined;
  return state === 'contested' || state === 'undo-failed' || isUnresolved;
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
  { id, runId, target }: Pick<UndoEntry, 'id' | 'runId' | 'target'>,
  { all, strikes, account, run }: UndoOrder,
): boolean {
  return all === true || strikes?.includes(id) === true || account === target.account || run === runId;
}

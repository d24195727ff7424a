import { createHash } from 'node:crypto';
import * as z from 'zod';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';
import { ChosenFault } from './fault.ts';
import type { StrikeId } from './strike.ts';
import { Target } from './target.ts';

/**
 * How far a lasting strike has come, as far as the ledger knows. Never trusted alone: the target is observed before anything is
 * done to it.
 *
 * `reserved`: nothing has been sent. `injecting`: the fault may be in place. `active`: it is in place. `undoing`: the undo may
 * have been sent. `contested`: somebody else has changed the same thing; left alone until a person accepts that. `undo-failed`: AWS
 * keeps refusing the undo; tried again, ever less often.
 */
export const openUndoStates = [
  'reserved',
  'injecting',
  'active',
  'undoing',
  'contested',
  'undo-failed',
] as const;

/** `gone`: the target is no more. `withdrawn`: nothing had been done. `accepted`: a person has seen to the target. */
export const undoEnds = ['undone', 'gone', 'withdrawn', 'accepted'] as const;
export type UndoEnd = (typeof undoEnds)[number];

/**
 * Who ends a fault if nobody undoes it. `aws`: a condition of a policy, at that moment. `target`: whatever runs there, at that
 * moment. `schedule`: a one-shot schedule in the target's account, within minutes after that moment.
 */
export const SelfExpiry = z.object({
  by: z.enum(['aws', 'target', 'schedule']),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** How many schedules, if it is by these. */
  schedules: z.int().exactOptional(),
});
export type SelfExpiry = Parsed<typeof SelfExpiry>;

/** What it takes to undo a lasting strike: written before the fault is injected, and enough for it without any configuration. */
export const UndoEntry = z.object({
  /** 16 hex digits: part of whatever the strike leaves in AWS, so that it can be told from what others put there. */
  id: z.string(),
  slot: z.string(),
  /** The group's key. */
  group: z.string(),
  runId: z.string(),
  target: Target,
  fault: ChosenFault,
  /** The version of the fault's undo. */
  faultVersion: z.int(),
  /** The role that may undo it, and the key of the tag that it asks for. */
  role: z.object({ arn: z.string(), externalId: z.string(), optInKey: z.string() }),
  state: z.enum(openUndoStates),
  /** Grows with every change: whoever changes an entry must have seen its last. */
  revision: z.int(),
  /** What the fault needs to restore the target. Never a secret. */
  saved: z.json(),
  /** ARNs on which no other fault may be active. */
  locks: z.array(z.string()),
  /** ARNs of everything that the fault affects. */
  hits: z.array(z.string()),
  /** ISO 8601, UTC. */
  reservedAt: z.string(),
  /** ISO 8601, UTC: the fault is not injected later. */
  notAfter: z.string(),
  /** Epoch ms by which the run that reserved it has surely ended, and no call of it is under way. */
  abandonedAfter: z.number(),
  durationMs: z.number(),
  /** ISO 8601, UTC: when it is to be undone. Counts from the moment before the injection. */
  deadline: z.string(),
  /** ISO 8601, UTC: when it was first seen in place, or AWS had accepted all of it. */
  activeAt: optionalInJson(z.string()),
  /** How it ends if nobody undoes it. */
  selfExpiry: SelfExpiry,
  /** Undos that failed, in a row. */
  attempts: z.int(),
  /** ISO 8601, UTC: since when undoing it has been failing. */
  failingSince: optionalInJson(z.string()),
  /** ISO 8601, UTC: it is not tried again before. */
  nextAttemptAt: optionalInJson(z.string()),
  /** What went wrong last, in a few words. */
  problem: optionalInJson(z.string()),
  /** aws CLI commands that undo it. */
  byHand: z.array(z.string()),
});
export type UndoEntry = Parsed<typeof UndoEntry>;

/** What may change in an open entry. */
export type UndoChanges = { readonly state?: Exclude<UndoEntry['state'], 'contested'> } & Partial<
  Pick<
    UndoEntry,
    | 'saved'
    | 'deadline'
    | 'activeAt'
    | 'selfExpiry'
    | 'attempts'
    | 'failingSince'
    | 'nextAttemptAt'
    | 'problem'
    | 'byHand'
  >
>;

/** An entry that was closed. */
export const EndedUndo = z.object({
  entry: UndoEntry,
  end: z.enum(undoEnds),
  /** ISO 8601, UTC. */
  endedAt: z.string(),
});
export type EndedUndo = Parsed<typeof EndedUndo>;

/** Somebody else has changed or closed the entry since it was read. */
export class UndoConflict extends Error {
  override readonly name = 'UndoConflict';

  constructor(id: string) {
    super(`the undo entry of strike ${id} was changed by somebody else, or closed`);
  }
}

/** The same for the same claim, made again. */
export function undoIdOf({ slot, group, runId }: StrikeId): string {
  return createHash('sha256')
    .update(JSON.stringify([slot, group, runId]))
    .digest('hex')
    .slice(0, 16);
}

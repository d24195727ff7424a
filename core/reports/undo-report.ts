import * as z from 'zod';
import { Failure } from '../model/failure.ts';
import { ChosenFault } from '../model/fault.ts';
import { Target } from '../model/target.ts';
import { SelfExpiry, type UndoEntry } from '../model/undo-entry.ts';
import { unreadableItem } from '../model/unreadable-item.ts';
import type { Parsed } from '../util/parse.ts';

/** What was done about a strike whose fault lasts, or could not be done. */
export const HandledStrike = z.object({
  id: z.string(),
  group: z.string(),
  target: Target,
  fault: ChosenFault,
  /** `ended`: the target is as it was, and the entry closed. `waits`: AWS is busy with it, or may not show all of it yet. */
  outcome: z.enum(['ended', 'waits', 'active', 'contested', 'failing']),
  text: z.string(),
  /** ISO 8601, UTC. */
  deadline: z.string(),
  selfExpiry: SelfExpiry,
  /** ISO 8601, UTC: since when undoing it has been failing. */
  failingSince: z.string().exactOptional(),
  /** ISO 8601, UTC: of one that waits, until when AWS may not show all that was done. The target was seen without the fault. */
  notBefore: z.string().exactOptional(),
  /** aws CLI commands that undo it. */
  byHand: z.array(z.string()),
});
export type HandledStrike = Parsed<typeof HandledStrike>;

/** A round of the janitor. */
export const UndoReport = z.object({
  schemaVersion: z.literal(2),
  runId: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  strikes: z.array(HandledStrike),
  /** Entries that are open afterwards. */
  open: z.int(),
  failures: z.array(Failure),
  /** Entries that were left out to fit the report's size. */
  omitted: z.object({ strikes: z.int(), failures: z.int() }).exactOptional(),
});
export type UndoReport = Parsed<typeof UndoReport>;

export function handledStrike(
  { id, group, target, fault, deadline, selfExpiry, failingSince, byHand }: UndoEntry,
  outcome: HandledStrike['outcome'],
  text: string,
): HandledStrike {
  return {
    ...{ id, group, target, fault, outcome, text, deadline, selfExpiry, byHand },
    ...(failingSince !== undefined && { failingSince }),
  };
}

/** Whether a failure is one of a strike's, of which `strikes` says more. */
export function isOfStrike({ stage, code }: Failure): boolean {
  return stage === 'undo' && code !== unreadableItem;
}

import * as z from 'zod';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';
import { BudgetLimit } from './budget.ts';
import { ChosenFault } from './fault.ts';
import { Recovery } from './recovery.ts';
import { Target } from './target.ts';

/** `unknown`: AWS was asked, and whether it did it is not known. */
export const strikeOutcomes = ['succeeded', 'failed', 'unknown'] as const;

/** A claim and what became of it. */
export const StrikeEntry = z.object({
  slot: z.string(),
  /** The group's key. */
  group: z.string(),
  runId: z.string(),
  target: Target,
  fault: ChosenFault,
  /** Value of the group's app tag. */
  app: optionalInJson(z.string()),
  /** The group's healthy capacity. */
  healthy: z.number(),
  /** The version of the group's record. */
  version: z.int(),
  /** The calendar day, in the schedule's zone. */
  day: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Epoch ms by which the run that claims has surely ended, and a strike that has no outcome has none that will come. */
  abandonedAfter: z.number(),
  budgets: z.array(BudgetLimit),
  /** `planned`: AWS has not been asked. `striking`: it may have been. */
  state: z.enum(['planned', 'striking', ...strikeOutcomes]),
  detail: z.string(),
  /** Undefined while the strike is open; a failed one has none. */
  recovery: optionalInJson(Recovery),
});
export type StrikeEntry = Parsed<typeof StrikeEntry>;

export type Claim = Omit<StrikeEntry, 'state' | 'detail' | 'recovery'>;

export type StrikeId = Pick<Claim, 'slot' | 'group' | 'runId'>;

/** A target, what is to be done to it, and what that was decided on. */
export type Order = Pick<Claim, 'target' | 'fault' | 'app' | 'healthy' | 'version'>;

export interface StrikeOutcome {
  readonly outcome: (typeof strikeOutcomes)[number];
  /** What changed, or what went wrong, in a few words. */
  readonly detail: string;
  /** Failed, and would fail again: AWS refused because of what the target is, or what may be done to it. */
  readonly isRefusal?: boolean;
}

/** A strike is no longer, or not yet, in the state that was to be changed: somebody else was quicker. */
export class StrikeConflict extends Error {
  override readonly name = 'StrikeConflict';
}

export type ClaimOutcome =
  | { readonly status: 'claimed' }
  /** Somebody was here before: the strike that stands. */
  | { readonly status: 'taken'; readonly existing: StrikeEntry }
  /** The group's record is another than the decision was made on. */
  | { readonly status: 'changed' }
  | { readonly status: 'exhausted'; readonly budget: BudgetLimit };

/** Names a strike in maps and messages. */
export function strikeKey({ slot, group }: Pick<StrikeId, 'slot' | 'group'>): string {
  return `${group} in slot ${slot}`;
}

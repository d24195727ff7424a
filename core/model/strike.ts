import * as z from 'zod';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';
import { BudgetLimit } from './budget.ts';
import { ChosenFault } from './fault.ts';
import type { Prepared } from './lasting.ts';
import { Recovery } from './recovery.ts';
import { Target } from './target.ts';

/** `unknown`: AWS was called, but did not confirm. */
export const strikeOutcomes = ['succeeded', 'failed', 'unknown'] as const;

/** A claim and its outcome. */
export const StrikeEntry = z.object({
  slot: z.string(),
  /** The group's key. */
  group: z.string(),
  runId: z.string(),
  target: Target,
  fault: ChosenFault,
  /** The value of the group's app tag. */
  app: optionalInJson(z.string()),
  /** The group's healthy capacity. */
  healthy: z.number(),
  /** The version of the group's record. */
  version: z.int(),
  /** The calendar day, in the schedule's zone. */
  day: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Epoch ms by which the claiming run has certainly ended: a strike without an outcome by then will never get one from it. */
  abandonedAfter: z.number(),
  budgets: z.array(BudgetLimit),
  /** The groups beside its own that its fault hits, with the versions of their records. */
  others: z.array(z.object({ group: z.string(), version: z.int() })).exactOptional(),
  /** `planned`: AWS has not been called. `striking`: it may have been. */
  state: z.enum(['planned', 'striking', ...strikeOutcomes]),
  detail: z.string(),
  /** The id of the undo entry, where the fault lasts. */
  undo: z.string().exactOptional(),
  /** ISO 8601, UTC: when the fault ended. */
  undoneAt: z.string().exactOptional(),
  /** Undefined while the strike is open; a failed one has none. */
  recovery: optionalInJson(Recovery),
});
export type StrikeEntry = Parsed<typeof StrikeEntry>;

export type Claim = Omit<StrikeEntry, 'state' | 'detail' | 'undoneAt' | 'recovery'>;

export type StrikeId = Pick<Claim, 'slot' | 'group' | 'runId'>;

/** A target, what is to be done to it, and what that was decided on. */
export interface Order extends Pick<Claim, 'target' | 'fault' | 'app' | 'healthy' | 'version'> {
  /** What a fault that lasts needs of the target. */
  readonly prepared?: Prepared<unknown>;
  /** The groups beside the target's own that it hits. */
  readonly others?: readonly OtherHit[];
}

/** A group that a fault hits although the target is of another one. Budgets count it, and it must not be vetoed meanwhile. */
export interface OtherHit
  extends Pick<Claim, 'group' | 'app' | 'version'>,
    Pick<Target, 'account' | 'region'> {}

export interface StrikeOutcome {
  readonly outcome: (typeof strikeOutcomes)[number];
  /** What changed, or what went wrong, in a few words. */
  readonly detail: string;
  /** It failed and would fail again: AWS refused because of the target's properties or permissions. */
  readonly isRefusal?: boolean;
}

/** The strike is not in the state that the change requires: usually another run was quicker. */
export class StrikeConflict extends Error {
  override readonly name = 'StrikeConflict';
}

export type ClaimOutcome =
  | { readonly status: 'claimed' }
  /** The slot already has this strike on the group. */
  | { readonly status: 'taken'; readonly existing: StrikeEntry }
  /** The record of the group, or of this other one that is hit, has changed since the decision. */
  | { readonly status: 'changed'; readonly other?: string }
  | { readonly status: 'exhausted'; readonly budget: BudgetLimit }
  /** Another strike's fault is active on what this one would affect. */
  | { readonly status: 'locked'; readonly lock: Lock };

/** What no other fault may be done to while this strike's is active. */
export const Lock = z.object({
  arn: z.string(),
  /** The id of the undo entry that holds it. */
  strike: z.string(),
  /** Of that strike. */
  group: z.string(),
  runId: z.string(),
});
export type Lock = Parsed<typeof Lock>;

/** Identifies a strike in maps and messages. */
export function strikeKey({ slot, group }: Pick<StrikeId, 'slot' | 'group'>): string {
  return `${group} in slot ${slot}`;
}

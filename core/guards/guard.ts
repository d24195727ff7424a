import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import type { Group, InspectedInstance, Inspection, Member, Protection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Lookup } from '../util/lookup.ts';

/**
 * What guards are asked about, by what they need. The evidence grows, and its price with it, as a group comes closer to being
 * struck: one that an earlier kind of evidence spares never costs the next.
 */
export interface GuardEvidence {
  /** The group as the survey lists it; asked again once it has been inspected, with EC2's view in it. */
  readonly listing: { readonly group: Group };
  /** What the ledger has about a drawn group. */
  readonly ledger: LedgerState & { readonly group: Group; readonly rate: GroupRate };
  /** A group about to be struck, inspected. A member that EC2 does not call running is not healthy. */
  readonly inspection: { readonly group: Group; readonly inspection: Inspection };
  /** One instance of an inspected group, as far as the group's listing tells. */
  readonly member: CandidateEvidence;
  /** The same as EC2 shows it. */
  readonly instance: CandidateEvidence;
  /** What the instance's attributes protect it from. */
  readonly protection: Pick<CandidateEvidence, 'protections'>;
}

export type Need = keyof GuardEvidence;

/** An instance in both views: the group's listing, and EC2's. */
export interface CandidateEvidence {
  /** With EC2's view in it. */
  readonly group: Group;
  readonly member: Member;
  /** Undefined when EC2 does not know the instance (any more). */
  readonly instance: InspectedInstance | undefined;
  /** Asked only of the instance about to be struck: undefined if it was not asked yet. */
  readonly protections: Lookup<readonly Protection[]> | undefined;
}

export interface Verdict {
  readonly passes: boolean;
  /** What the guard saw, in a few words with the numbers: `3 healthy, at least 2 are needed`. */
  readonly saw: string;
}

/** A pure check of one kind of evidence that turns a strike into a spare. A guard that throws refuses. */
export interface GuardOn<N extends Need> {
  /** The name of its file, and the reason code. */
  readonly code: string;
  /** When it refuses, in one sentence for docs/guards.md. */
  readonly summary: string;
  readonly needs: N;
  /** Its verdict on a later moment can be given now: of what it checks, only the time changes by itself. */
  readonly isForeseeable?: true;
  check(evidence: GuardEvidence[N], context: GuardContext): Verdict;
}

export type Guard = { readonly [N in Need]: GuardOn<N> }[Need];

/** What is the same for all groups of a run. */
export interface GuardContext {
  readonly config: Config;
  readonly calendar: Calendar;
  /** Epoch ms. */
  readonly now: number;
  /** The calendar day of the run's slot. */
  readonly day: string;
  /** All strikes that are not verified yet, of any group. */
  readonly open: Lookup<readonly StrikeEntry[]>;
  /** Items of open strikes that cannot be read. */
  readonly unreadable: readonly UnreadableItem[];
}

/** Those of the guards that need this evidence, or one of these, in their order. */
export function guardsOn<N extends Need>(
  guards: readonly Guard[],
  ...needs: readonly N[]
): readonly GuardOn<N>[] {
  return guards.filter((guard): guard is Guard & GuardOn<N> => needs.some((need) => need === guard.needs));
}

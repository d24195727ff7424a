import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { GroupRate } from '../draws/rate.ts';
import type { Group, InspectedInstance, Inspection, Member, Protection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Lookup } from '../util/lookup.ts';

/**
 * Pure checks that turn a strike into a spare. One file each, whose name is the reason code; its place in `index.ts` decides
 * which reason is named first when several refuse. A guard that throws refuses.
 */
export interface Verdict {
  readonly passes: boolean;
  /** What it saw, in a few words with the numbers: `3 healthy, at least 2 are needed`. */
  readonly saw: string;
}

/** Asked of what the survey lists, and again once the group has been looked up. */
export interface GroupGuard {
  readonly code: string;
  check(group: Group, context: GuardContext): Verdict;
}

/** Asked of what the ledger has about a drawn group, before anything is exhausted on looking it up. */
export interface RecordGuard {
  readonly code: string;
  check(about: GroupOnRecord, context: GuardContext): Verdict;
}

/** Asked once the group has been looked up: only groups about to be struck are. */
export interface InspectionGuard {
  readonly code: string;
  check(about: GroupAbout, context: GuardContext): Verdict;
}

/** Asked of each instance of a group that has been looked up. */
export interface InstanceGuard {
  readonly code: string;
  check(candidate: Candidate, context: GuardContext): Verdict;
}

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

/** A drawn group and what the ledger has about it. */
export interface GroupOnRecord extends LedgerState {
  readonly group: Group;
  readonly rate: GroupRate;
}

/** A group about to be struck, looked up. */
export interface GroupAbout {
  /** With EC2's view in it: a member that EC2 does not call running is not healthy. */
  readonly group: Group;
  readonly looked: Inspection;
}

/** An instance in both views: the group's listing, and EC2's. */
export interface Candidate {
  /** With EC2's view in it. */
  readonly group: Group;
  readonly member: Member;
  /** Undefined when EC2 does not know the instance (any more). */
  readonly instance: InspectedInstance | undefined;
  /** What the instance's attributes protect it from. Asked only of the one about to be struck: undefined if not yet. */
  readonly protections: Lookup<readonly Protection[]> | undefined;
}

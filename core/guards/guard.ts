import type { Calendar } from '../calendar/calendar.ts';
import type { Config } from '../config/config.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { KindTypes } from '../model/kind-types.ts';
import type { StrikeEntry } from '../model/strike.ts';
import type { UnreadableItem } from '../model/unreadable-item.ts';
import type { Lookup } from '../util/lookup.ts';

/**
 * The evidence that guards check, by `Need`. Each kind of evidence costs more to gather than the one before, and is only gathered
 * for groups that nothing has spared so far.
 */
export interface GuardEvidence<Of extends KindTypes = KindTypes> {
  /** The group as the survey lists it. Checked again after the inspection, with its results merged in. */
  readonly listing: { readonly group: Of['group'] };
  /** What the ledger knows about a drawn group. */
  readonly ledger: LedgerState & { readonly group: Group; readonly rate: GroupRate };
  /** An inspected group that is about to be struck. */
  readonly inspection: { readonly group: Of['group']; readonly inspection: Of['inspection'] };
  /** A candidate as its group's listing shows it, which is what plans use. Checked again after the inspection. */
  readonly candidate: Of['candidate'];
  /** A candidate after the inspection, for guards that need its results. */
  readonly target: Of['candidate'];
  /** What the chosen target is protected from. That takes its own call: undefined until it has been made. */
  readonly protection: { readonly protections: Lookup<readonly string[]> | undefined };
}

export type Need = keyof GuardEvidence;

export interface Verdict {
  readonly passes: boolean;
  /** What the guard saw, in a few words, with numbers: `3 healthy, at least 2 needed`. */
  readonly saw: string;
}

/** A pure check of one kind of evidence that can turn a strike into a spare. A guard that throws refuses. */
export interface GuardOn<N extends Need, Of extends KindTypes = KindTypes> {
  /** The name of its file, and the reason code. */
  readonly code: string;
  /** When it refuses: one sentence for docs/guards.md. */
  readonly summary: string;
  readonly needs: N;
  /** Plans can evaluate it for a later moment: of all that it checks, only the time changes by itself. */
  readonly isForeseeable?: true;
  check(evidence: GuardEvidence<Of>[N], context: GuardContext): Verdict;
}

export type Guard<Of extends KindTypes = KindTypes> = { readonly [N in Need]: GuardOn<N, Of> }[Need];

/** What all groups of a run share. */
export interface GuardContext {
  readonly config: Config;
  readonly calendar: Calendar;
  /** Epoch ms. */
  readonly now: number;
  /** The calendar day of the run's slot. */
  readonly day: string;
  /** All unverified strikes, on any group. */
  readonly open: Lookup<readonly StrikeEntry[]>;
  /** Items of open strikes that cannot be read. */
  readonly unreadable: readonly UnreadableItem[];
  /** Of an experiment: what its slots begin with. Its own earlier strikes are no reason to wait for the next. */
  readonly ownSlots?: string;
}

/** The guards that need one of these kinds of evidence, in their order. */
export function selectGuards<N extends Need, Of extends KindTypes>(
  guards: readonly Guard<Of>[],
  ...needs: readonly N[]
): readonly GuardOn<N, Of>[] {
  return guards.filter((guard): guard is Guard<Of> & GuardOn<N, Of> =>
    needs.some((need) => need === guard.needs),
  );
}

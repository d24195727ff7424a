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
 * What guards are asked about, by what they need. The evidence grows, and so does its price, as a group comes closer to being
 * struck: a group that is spared on one kind of evidence never costs the next.
 */
export interface GuardEvidence<Of extends KindTypes = KindTypes> {
  /** The group as the survey lists it; asked again once it has been inspected, with the inspection merged into it. */
  readonly listing: { readonly group: Of['group'] };
  /** What the ledger has about a drawn group. */
  readonly ledger: LedgerState & { readonly group: Group; readonly rate: GroupRate };
  /** An inspected group, which is about to be struck. */
  readonly inspection: { readonly group: Of['group']; readonly inspection: Of['inspection'] };
  /** A candidate as far as the listing of its group tells, which plans go by; asked again once the group has been inspected. */
  readonly candidate: Of['candidate'];
  /** The same, known from the inspection alone. */
  readonly target: Of['candidate'];
  /** What protects the target that was chosen. It takes a call of its own: undefined until that has been made. */
  readonly protection: { readonly protections: Lookup<readonly string[]> | undefined };
}

export type Need = keyof GuardEvidence;

export interface Verdict {
  readonly passes: boolean;
  /** What the guard saw, in a few words with the numbers: `3 healthy, at least 2 are needed`. */
  readonly saw: string;
}

/** A pure check of one kind of evidence that turns a strike into a spare. A guard that throws refuses. */
export interface GuardOn<N extends Need, Of extends KindTypes = KindTypes> {
  /** The name of its file, and the reason code. */
  readonly code: string;
  /** When it refuses, in one sentence for docs/guards.md. */
  readonly summary: string;
  readonly needs: N;
  /** Its verdict on a later moment can be given now, because nothing that it checks changes by itself but the time. */
  readonly isForeseeable?: true;
  check(evidence: GuardEvidence<Of>[N], context: GuardContext): Verdict;
}

export type Guard<Of extends KindTypes = KindTypes> = { readonly [N in Need]: GuardOn<N, Of> }[Need];

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

/** The guards that need this evidence, or one of these, in their order. */
export function guardsOn<N extends Need, Of extends KindTypes>(
  guards: readonly Guard<Of>[],
  ...needs: readonly N[]
): readonly GuardOn<N, Of>[] {
  return guards.filter((guard): guard is Guard<Of> & GuardOn<N, Of> =>
    needs.some((need) => need === guard.needs),
  );
}

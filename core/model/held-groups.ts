import { compareStrings } from '../util/compare-strings.ts';
import type { GroupRecord, Veto } from './group-record.ts';

/** A group with a veto, a leash, or both. */
export interface HeldGroup extends Pick<GroupRecord, 'veto' | 'leash'> {
  readonly group: string;
}

/** A part of a `HeldGroup`, as a ledger may store veto and leash apart. */
export type HeldParts = Pick<HeldGroup, 'group'> & Partial<HeldGroup>;

/** Whether a veto is in force. Negated, so that an invalid time counts as in force. */
export function vetoHolds({ until }: Veto, now: number): boolean {
  return !(Date.parse(until) <= now);
}

/** The groups held at `now`, epoch ms, without duplicates, sorted by key. */
export function heldNow(parts: Iterable<HeldParts>, now: number): readonly HeldGroup[] {
  const held = new Map<string, Pick<GroupRecord, 'veto' | 'leash'>>();
  for (const { group, veto, leash } of parts) {
    const before = held.get(group);
    const holding = veto !== undefined && vetoHolds(veto, now) ? veto : undefined;
    const merged = { veto: holding ?? before?.veto, leash: leash ?? before?.leash };
    if (merged.veto !== undefined || merged.leash !== undefined) held.set(group, merged);
  }
  return [...held]
    .map(([group, { veto, leash }]) => ({ group, veto, leash }))
    .sort((a, b) => compareStrings(a.group, b.group));
}

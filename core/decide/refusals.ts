import type { Reason } from '../model/decision.ts';
import type { GroupRecord, Refusal } from '../model/group-record.ts';
import type { Slot } from '../model/slot.ts';
import { listFirst } from '../util/list-first.ts';
import type { Lookup } from '../util/lookup.ts';

/** After so many in a day the cause is hardly the instance: the group is left alone for the rest of the day. */
const mostRefusals = 2;

/**
 * The instances of a group on which AWS refused a strike on a day, for what they are or for what may be done to them. A slot of the
 * schedule leaves them alone until the day is over, as it would be refused again. A run outside the schedule does not: who starts
 * it by hand may have mended the cause.
 */
export function refusalsOn(
  day: string,
  record: Lookup<GroupRecord>,
  slot: Pick<Slot, 'id'>,
): readonly Refusal[] {
  if (slot.id.startsWith('adhoc/') || !record.ok) return [];
  const { refusals } = record.value;
  return refusals?.day === day ? refusals.of : [];
}

/** Why the group is left alone altogether; undefined if it is not. */
export function refusedTooOften(refusals: readonly Refusal[], day: string): Reason | undefined {
  if (refusals.length < mostRefusals) return undefined;
  const texts = refusals.map(({ targetId, detail }) => `${targetId}: ${detail}`);
  return {
    code: 'strike-refused',
    text: `AWS refused ${refusals.length} strikes of it on ${day}, and is asked no more on that day: ${listFirst(texts, '; ')}`,
  };
}

/** Why an instance is not eligible; undefined if it is. */
export function refusedBefore(refusals: readonly Refusal[], targetId: string): Reason | undefined {
  const refusal = refusals.find((one) => one.targetId === targetId);
  return refusal && { code: 'strike-refused', text: `AWS refused a strike on it today: ${refusal.detail}` };
}

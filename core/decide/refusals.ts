import type { Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { GroupRecord, Refusal } from '../model/group-record.ts';
import { listFirst } from '../util/list-first.ts';
import type { Lookup } from '../util/lookup.ts';
import type { DecisionContext } from './decision-context.ts';

/** After this many in a day, the cause is hardly the target: the group is spared for the rest of the day. */
const mostRefusals = 2;

/**
 * The targets of a group for which AWS refused a strike that day because of their properties or permissions. Scheduled runs spare
 * them for the rest of the day, as AWS would refuse again. Other runs do not: whoever starts one may have fixed the cause.
 */
export function refusedToday(
  record: Lookup<GroupRecord>,
  { slot, day }: Pick<DecisionContext, 'slot' | 'day'>,
): readonly Refusal[] {
  if (slot.id.startsWith('adhoc/') || !record.ok) return [];
  const { refusals } = record.value;
  return refusals?.day === day ? refusals.of : [];
}

/** Why a target is not eligible; undefined if it is. */
export function refusedBefore(refusals: readonly Refusal[], targetId: string): Reason | undefined {
  const refusal = refusals.find((one) => one.targetId === targetId);
  return refusal && { code: 'strike-refused', text: `AWS refused a strike on it today: ${refusal.detail}` };
}

/** Why a group's record spares it in this slot, whatever guards say: it was already struck, or refused too often. */
export function slotReasons(
  group: Group,
  record: Lookup<GroupRecord>,
  context: Pick<DecisionContext, 'slot' | 'day' | 'open'>,
): readonly Reason[] {
  return [...alreadyStruck(group, record, context), ...refusedTooOften(record, context)];
}

function alreadyStruck(
  { key }: Group,
  record: Lookup<GroupRecord>,
  { slot, open }: Pick<DecisionContext, 'slot' | 'open'>,
): readonly Reason[] {
  if (!record.ok || record.value.last?.slot !== slot.id) return [];
  const entry = open.ok ? open.value.find(({ group }) => group === key) : undefined;
  const text =
    entry === undefined
      ? 'it has been struck in this slot'
      : `run ${entry.runId} has this slot: ${entry.target.id}, ${entry.state}`;
  return [{ code: 'already-claimed', text }];
}

function refusedTooOften(
  record: Lookup<GroupRecord>,
  context: Pick<DecisionContext, 'slot' | 'day'>,
): readonly Reason[] {
  const refusals = refusedToday(record, context);
  if (refusals.length < mostRefusals) return [];
  const texts = refusals.map(({ targetId, detail }) => `${targetId}: ${detail}`);
  const text = `AWS refused ${refusals.length} strikes on it on ${context.day}, so it is spared for the rest of the day: ${listFirst(texts, '; ')}`;
  return [{ code: 'strike-refused', text }];
}

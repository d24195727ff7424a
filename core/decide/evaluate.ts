import { checkGuards } from '../guards/check-guards.ts';
import { type Guard, selectGuards } from '../guards/guard.ts';
import { findKind } from '../kinds/kind.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { chooseTarget } from './choose-target.ts';
import type { DecisionContext } from './decision-context.ts';
import { drawGroup, forced } from './draw-group.ts';
import type { Evaluation, Evidence } from './evidence.ts';
import { slotReasons } from './refusals.ts';
import { type Intent, resolveIntent } from './resolve-intent.ts';
import { spareGroup, spareIfRefused } from './spare-group.ts';

/** For a group that the survey listed but that no longer existed when it was inspected. */
export const gone: Reason = { code: 'gone', text: 'it was gone when it was inspected' };

/**
 * Decides about a group on the evidence gathered so far: its tags, the draw, then guards, ordered by the evidence they need. The
 * first thing that spares the group is final, and no more evidence is gathered. Pure: the same context, group and evidence give
 * the same decision.
 */
export function evaluate(group: Group, evidence: Evidence, context: DecisionContext): Evaluation {
  const { request } = context;
  const kind = findKind(context.kinds, group);
  const { guards } = kind;
  const intent = resolveIntent(group, context);
  if ('refused' in intent) {
    return { decision: { group: group.key, verdict: 'spare', reason: intent.refused } };
  }
  const { strikes, reason, odds } = request.force ? forced : drawGroup(group.key, intent.rate, context);
  const decision: Decision = { group: group.key, verdict: strikes ? 'strike' : 'spare', reason, ...odds };
  if (!strikes) return { decision };

  const { ledger, inspection } = evidence;
  const listed = spareIfRefused(decision, checkGuards(selectGuards(guards, 'listing'), { group }, context));
  if (listed !== undefined) return { decision: listed, intent };
  if (ledger === undefined) return { decision, intent, missing: 'ledger' };

  const recorded = sparedByLedger(group, intent, decision, ledger, guards, context);
  if (recorded !== undefined) return { decision: recorded, intent };
  if (inspection === undefined) return { decision, intent, missing: 'inspection' };

  if (inspection.group === undefined) return { decision: spareGroup(decision, gone), intent };
  // Its tags, or anything else in the listing, may have changed since the survey: start over with the group as listed now.
  if (inspection.group !== group) return evaluate(inspection.group, evidence, context);
  const current = kind.inspected(group, inspection);
  const inspected = spareIfRefused(decision, [
    ...checkGuards(selectGuards(guards, 'listing'), { group: current }, context),
    ...checkGuards(selectGuards(guards, 'inspection'), { group: current, inspection }, context),
  ]);
  if (inspected !== undefined) return { decision: inspected, intent };
  const { protections = new Map(), preparations = new Map() } = evidence;
  return {
    intent,
    ...chooseTarget(current, intent, decision, { ledger, inspection, protections, preparations }, context),
  };
}

function sparedByLedger(
  group: Group,
  { rate }: Intent,
  decision: Decision,
  ledger: LedgerState,
  guards: readonly Guard[],
  context: DecisionContext,
): Decision | undefined {
  const [reason] = slotReasons(group, ledger.record, context);
  if (reason !== undefined) return spareGroup(decision, reason);
  const about = { group, rate, ...ledger };
  return spareIfRefused(decision, checkGuards(selectGuards(guards, 'ledger'), about, context));
}

import { type Guard, guardsOn } from '../guards/guard.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import { kindOf } from '../kinds/kind.ts';
import type { Decision, Reason } from '../model/decision.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { chooseTarget } from './choose-target.ts';
import type { DecisionContext } from './decision-context.ts';
import { drawOf, forced } from './draw-group.ts';
import type { Evaluation, Evidence } from './evidence.ts';
import { type Intent, intentOf } from './intent.ts';
import { slotReasons } from './refusals.ts';
import { spared, sparedBy } from './spare.ts';

/** Why a group that the survey listed is spared if it was not there any more when it was inspected. */
export const gone: Reason = { code: 'gone', text: 'it was gone when it was looked up' };

/**
 * Decides about a group on the evidence gathered so far: its tags, the draw, then guards, in the order of the evidence they need.
 * Whatever spares the group spares it for good, so no more evidence is gathered then. Pure: the same context, group and evidence
 * give the same decision.
 */
export function evaluate(group: Group, evidence: Evidence, context: DecisionContext): Evaluation {
  const { request } = context;
  const kind = kindOf(context.kinds, group);
  const { guards } = kind;
  const intent = intentOf(group, context);
  if ('refused' in intent) {
    return { decision: { group: group.key, verdict: 'spare', reason: intent.refused } };
  }
  const { strikes, reason, odds } = request.force ? forced : drawOf(group.key, intent.rate, context);
  const decision: Decision = { group: group.key, verdict: strikes ? 'strike' : 'spare', reason, ...odds };
  if (!strikes) return { decision };

  const { ledger, inspection } = evidence;
  const listed = sparedBy(decision, verdictsOf(guardsOn(guards, 'listing'), { group }, context));
  if (listed !== undefined) return { decision: listed, intent };
  if (ledger === undefined) return { decision, intent, missing: 'ledger' };

  const recorded = sparedByLedger(group, intent, decision, ledger, guards, context);
  if (recorded !== undefined) return { decision: recorded, intent };
  if (inspection === undefined) return { decision, intent, missing: 'inspection' };

  if (inspection.group === undefined) return { decision: spared(decision, gone), intent };
  // Since the survey its tags may have changed, and whatever else the listing shows: the group is evaluated as it is listed now.
  if (inspection.group !== group) return evaluate(inspection.group, evidence, context);
  const current = kind.inspected(group, inspection);
  const inspected = sparedBy(decision, [
    ...verdictsOf(guardsOn(guards, 'listing'), { group: current }, context),
    ...verdictsOf(guardsOn(guards, 'inspection'), { group: current, inspection }, context),
  ]);
  if (inspected !== undefined) return { decision: inspected, intent };
  const { protections = new Map() } = evidence;
  return {
    intent,
    ...chooseTarget(current, intent, decision, { ledger, inspection, protections }, context),
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
  if (reason !== undefined) return spared(decision, reason);
  const about = { group, rate, ...ledger };
  return sparedBy(decision, verdictsOf(guardsOn(guards, 'ledger'), about, context));
}

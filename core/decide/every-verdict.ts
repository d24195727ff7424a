import type { GroupRate } from '../draws/read-rate.ts';
import { guardsOn } from '../guards/guard.ts';
import { type GuardVerdict, verdictsOf } from '../guards/verdicts.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { candidatesOf } from './candidates.ts';
import { candidateVerdicts } from './choose-instance.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Evidence } from './evidence.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { refusedToday } from './refusals.ts';

/**
 * What `evaluate` would weigh about a group as it is listed now, all of it: it stops where something spares the group, this goes
 * on. Without an inspection only the guards of the listing and of the ledger are asked.
 */
export function everyVerdict(
  group: Group,
  { rate, fault }: { readonly rate: GroupRate; readonly fault: ChosenFault | undefined },
  { ledger, inspection, protections = new Map() }: Evidence & { readonly ledger: LedgerState },
  context: DecisionContext,
): readonly (GuardVerdict & { readonly targetId?: string })[] {
  const { guards } = context;
  const onLedger = verdictsOf(guardsOn(guards, 'ledger'), { group, rate, ...ledger }, context);
  if (inspection?.group === undefined) {
    return [...verdictsOf(guardsOn(guards, 'listing'), { group }, context), ...onLedger];
  }
  const current = withEc2State(group, inspection.instances);
  const refused = refusedToday(ledger.record, context);
  return [
    ...verdictsOf(guardsOn(guards, 'listing'), { group: current }, context),
    ...onLedger,
    ...verdictsOf(guardsOn(guards, 'inspection'), { group: current, inspection }, context),
    ...candidatesOf(current, inspection.instances, protections).flatMap((candidate) =>
      candidateVerdicts(candidate, fault, refused, context).map((verdict) => ({
        ...verdict,
        targetId: candidate.member.instanceId,
      })),
    ),
  ];
}

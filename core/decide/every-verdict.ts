import type { GroupRate } from '../draws/read-rate.ts';
import { guardsOn } from '../guards/guard.ts';
import { type GuardVerdict, verdictsOf } from '../guards/verdicts.ts';
import { kindOf } from '../kinds/kind.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { candidateVerdicts } from './choose-target.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Evidence } from './evidence.ts';
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
  const kind = kindOf(context.kinds, group);
  const { guards } = kind;
  const onLedger = verdictsOf(guardsOn(guards, 'ledger'), { group, rate, ...ledger }, context);
  if (inspection?.group === undefined) {
    return [...verdictsOf(guardsOn(guards, 'listing'), { group }, context), ...onLedger];
  }
  const current = kind.inspected(group, inspection);
  const refused = refusedToday(ledger.record, context);
  return [
    ...verdictsOf(guardsOn(guards, 'listing'), { group: current }, context),
    ...onLedger,
    ...verdictsOf(guardsOn(guards, 'inspection'), { group: current, inspection }, context),
    ...kind.candidates(current, inspection).flatMap((candidate) =>
      candidateVerdicts(candidate, { kind, fault, refused, protections }, context).map((verdict) => ({
        ...verdict,
        targetId: candidate.id,
      })),
    ),
  ];
}

import type { GroupRate } from '../draws/read-rate.ts';
import { checkGuards, type GuardVerdict } from '../guards/check-guards.ts';
import { selectGuards } from '../guards/guard.ts';
import { findKind } from '../kinds/kind.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import { candidateVerdicts } from './choose-target.ts';
import type { DecisionContext } from './decision-context.ts';
import type { Evidence } from './evidence.ts';
import { refusedToday } from './refusals.ts';

/**
 * Everything that `evaluate` considers about a group as listed now, but without stopping at the first thing that spares it.
 * Without an inspection, only the guards of the listing and the ledger are evaluated.
 */
export function listVerdicts(
  group: Group,
  { rate, fault }: { readonly rate: GroupRate; readonly fault: ChosenFault | undefined },
  {
    ledger,
    inspection,
    protections = new Map(),
    preparations = new Map(),
  }: Evidence & { readonly ledger: LedgerState },
  context: DecisionContext,
): readonly (GuardVerdict & { readonly targetId?: string })[] {
  const kind = findKind(context.kinds, group);
  const { guards } = kind;
  const onLedger = checkGuards(selectGuards(guards, 'ledger'), { group, rate, ...ledger }, context);
  if (inspection?.group === undefined) {
    return [...checkGuards(selectGuards(guards, 'listing'), { group }, context), ...onLedger];
  }
  const current = kind.inspected(group, inspection);
  const refused = refusedToday(ledger.record, context);
  return [
    ...checkGuards(selectGuards(guards, 'listing'), { group: current }, context),
    ...onLedger,
    ...checkGuards(selectGuards(guards, 'inspection'), { group: current, inspection }, context),
    ...kind.candidates(current, inspection).flatMap((candidate) =>
      candidateVerdicts(candidate, { kind, fault, refused, protections, preparations }, context).map(
        (verdict) => ({
          ...verdict,
          targetId: candidate.id,
        }),
      ),
    ),
  ];
}

import pMap from 'p-map';
import type { DecisionContext } from '../decide/decision-context.ts';
import type { Evidence } from '../decide/evidence.ts';
import { listVerdicts } from '../decide/list-verdicts.ts';
import type { GroupRate } from '../draws/read-rate.ts';
import { findKind } from '../kinds/kind.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Fleet } from '../ports/fleet.ts';
import type { ExplainedGuard } from '../reports/explanation.ts';
import { lookUp } from '../util/lookup.ts';

/** A run only asks about the target that it has chosen; here, as many are asked about as a person would read. */
const mostAskedForProtection = 20;

/**
 * Every guard's verdict, whether or not an earlier one refused. Also gathers what protects the targets, which a run would only
 * read later. `fault` is undefined if the group's tags allow none.
 */
export async function guardVerdicts(
  group: Group,
  intent: { readonly rate: GroupRate; readonly fault: ChosenFault | undefined },
  evidence: Pick<Evidence, 'inspection'> & { readonly ledger: LedgerState },
  context: DecisionContext,
  { run, fleet }: { readonly run: RunContext; readonly fleet: Fleet },
): Promise<readonly ExplainedGuard[]> {
  const { inspection } = evidence;
  const { key, value } = context.config.tags.optIn;
  const kind = findKind(context.kinds, group);
  const candidates = inspection ? kind.candidates(kind.inspected(group, inspection), inspection) : [];
  const asked = candidates.flatMap(({ healthy, tags, target }) =>
    // The target role may not ask about others.
    healthy && tags[key] === value ? (target ?? []) : [],
  );
  const protections = await pMap(
    asked.slice(0, mostAskedForProtection),
    async (target) => [target.id, await lookUp(fleet.protectionsOf(target, run))] as const,
    { concurrency: 8 },
  );
  return listVerdicts(group, intent, { ...evidence, protections: new Map(protections) }, context);
}

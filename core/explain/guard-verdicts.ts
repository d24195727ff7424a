import pMap from 'p-map';
import type { DecisionContext } from '../decide/decision-context.ts';
import { everyVerdict } from '../decide/every-verdict.ts';
import type { Evidence } from '../decide/evidence.ts';
import type { GroupRate } from '../draws/rate.ts';
import { kindOf } from '../kinds/kind.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group, Protection } from '../model/group.ts';
import type { LedgerState } from '../model/group-record.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Fleet } from '../ports/fleet.ts';
import type { ExplainedGuard } from '../reports/explanation.ts';
import { type Lookup, lookUp } from '../util/lookup.ts';

/** A run asks it about the one instance that it has chosen; here it is asked about as many as a person reads. */
const mostAskedForProtection = 20;

/**
 * Every guard's verdict, whether or not an earlier one refused. The evidence that a run would not gather yet, about what protects
 * the instances, is gathered here. `fault`: undefined where the group's tags leave none.
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
  const kind = kindOf(context.kinds, group);
  const candidates = inspection ? kind.candidates(kind.inspected(group, inspection), inspection) : [];
  const asked = candidates.flatMap(({ healthy, tags, target }) =>
    // The target role may not ask about others.
    healthy && tags[key] === value ? (target ?? []) : [],
  );
  const protections = await pMap(
    asked.slice(0, mostAskedForProtection),
    async (target): Promise<[string, Lookup<readonly Protection[]>]> => [
      target.id,
      await lookUp(fleet.protectionsOf(target, run)),
    ],
    { concurrency: 8 },
  );
  return everyVerdict(group, intent, { ...evidence, protections: new Map(protections) }, context);
}

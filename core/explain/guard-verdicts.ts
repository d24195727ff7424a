import pMap from 'p-map';
import { candidatesOf, targetOf, unfitFor } from '../decide/choose-target.ts';
import { withEc2State } from '../decide/merge-ec2-state.ts';
import { refusedBefore } from '../decide/refusals.ts';
import type { GroupRate } from '../draws/rate.ts';
import type { Candidate, GuardContext } from '../guards/guard.ts';
import { groupGuards, inspectionGuards, instanceGuards, recordGuards } from '../guards/index.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group, Inspection, Protection } from '../model/group.ts';
import type { LedgerState, Refusal } from '../model/group-record.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Fleet } from '../ports/fleet.ts';
import type { World } from '../ports/world.ts';
import type { ExplainedGuard } from '../reports/explanation.ts';
import { type Lookup, lookUp } from '../util/lookup.ts';

/** A run asks it of the one instance that it has chosen; here it is asked of as many as a person reads. */
const mostAskedForProtection = 20;

/** What is known of the group. */
export interface About {
  /** As it is listed now. */
  readonly group: Group;
  readonly rate: GroupRate;
  /** What it would be struck with; undefined where its tags leave nothing. */
  readonly fault: ChosenFault | undefined;
  /** Undefined where it could not be looked up. */
  readonly looked: Inspection | undefined;
  readonly ledgerState: LedgerState;
  /** The strikes of today that AWS refused. */
  readonly refusedToday: readonly Refusal[];
}

/**
 * What every guard says, refused by an earlier one or not; and of which instances the fault cannot be done to. Without a look
 * only those of the listing and of the ledger can say anything.
 */
export async function guardVerdicts(
  { group: listed, rate, fault, looked, ledgerState, refusedToday }: About,
  context: GuardContext,
  run: RunContext,
  { fleet, faults }: Pick<World, 'fleet' | 'faults'>,
): Promise<readonly ExplainedGuard[]> {
  const ofRecord = verdictsOf(recordGuards, { group: listed, rate, ...ledgerState }, context);
  if (looked?.group === undefined) return [...verdictsOf(groupGuards, listed, context), ...ofRecord];
  const group = withEc2State(listed, looked.instances);
  const candidates = candidatesOf(group, looked.instances, new Map());
  const { key, value } = context.config.tags.optIn;
  const asked = new Set(
    candidates
      // Of others the target role may not ask.
      .filter(({ member, instance }) => member.healthy && instance?.tags[key] === value)
      .slice(0, mostAskedForProtection),
  );
  const ofInstances = await pMap(
    candidates,
    async (candidate) => {
      const protections = asked.has(candidate) ? await protectionsOf(candidate, run, fleet) : undefined;
      const { member, instance } = candidate;
      const unfit =
        fault === undefined || instance === undefined
          ? undefined
          : unfitFor(instance, targetOf(group, member.zone, instance), fault, faults);
      return [
        ...verdictsOf(instanceGuards, { ...candidate, protections }, context),
        ...[unfit, refusedBefore(refusedToday, member.instanceId)].flatMap((reason) =>
          reason === undefined ? [] : [{ code: reason.code, passes: false, saw: reason.text }],
        ),
      ].map((verdict) => ({ ...verdict, targetId: member.instanceId }));
    },
    { concurrency: 8 },
  );
  return [
    ...verdictsOf(groupGuards, group, context),
    ...ofRecord,
    ...verdictsOf(inspectionGuards, { group, looked }, context),
    ...ofInstances.flat(),
  ];
}

async function protectionsOf(
  { group, member, instance }: Candidate,
  run: RunContext,
  fleet: Fleet,
): Promise<Lookup<readonly Protection[]>> {
  if (instance === undefined) return { ok: false, reason: 'EC2 does not know it' };
  return lookUp(fleet.protectionsOf(targetOf(group, member.zone, instance), run));
}

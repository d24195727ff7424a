import pMap from 'p-map';
import { inEc2View } from '../both-views.ts';
import { candidatesOf, targetOf } from '../decide.ts';
import type { Group, Looked } from '../group.ts';
import type { Candidate, GuardContext } from '../guards/guard.ts';
import { groupGuards, instanceGuards, lookedGuards } from '../guards/index.ts';
import { verdictsOf } from '../guards/verdicts.ts';
import { asKnown, type Known } from '../known.ts';
import type { Fleet, RunContext, Standing } from '../ports.ts';
import type { GroupRate } from '../rate.ts';
import type { ExplainedGuard } from './explanation.ts';

/** A run asks it of the one instance that it has chosen; here it is asked of as many as a person reads. */
const mostAskedForProtection = 20;

/** What every guard says, refused by an earlier one or not. Without a look only those of the listing can say anything. */
export async function guardVerdicts(
  listed: Group,
  rate: GroupRate,
  looked: Looked | undefined,
  standing: Known<Standing>,
  context: GuardContext,
  run: RunContext,
  fleet: Fleet,
): Promise<readonly ExplainedGuard[]> {
  if (looked === undefined) return verdictsOf(groupGuards, listed, context);
  const group = inEc2View(listed, looked.instances);
  const candidates = candidatesOf(group, looked.instances, new Map());
  const asked = new Set(candidates.filter(({ member }) => member.healthy).slice(0, mostAskedForProtection));
  const ofInstances = await pMap(
    candidates,
    async (candidate) => {
      const protection = asked.has(candidate) ? await protectionOf(candidate, run, fleet) : undefined;
      const { instanceId } = candidate.member;
      return verdictsOf(instanceGuards, { ...candidate, protection }, context).map((verdict) => ({
        ...verdict,
        instanceId,
      }));
    },
    { concurrency: 8 },
  );
  return [
    ...verdictsOf(groupGuards, group, context),
    ...verdictsOf(lookedGuards, { group, rate, looked, standing }, context),
    ...ofInstances.flat(),
  ];
}

async function protectionOf(
  { group, member, instance }: Candidate,
  run: RunContext,
  fleet: Fleet,
): Promise<Known<boolean>> {
  if (instance === undefined) return { unknown: 'EC2 does not know it' };
  return asKnown(fleet.isProtected(targetOf(group, member.zone, instance), run));
}

import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { type Failure, failure } from '#core/model/failure.ts';
import { groupKey } from '#core/model/group.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import { type StrikeEntry, strikeKey } from '#core/model/strike.ts';
import type { Place, ReadClients } from '../read-clients.ts';
import type { TagReader } from '../tags.ts';
import { autoScalingGroupsNamed } from './auto-scaling-groups.ts';
import { inspectInstances } from './inspect-instances.ts';
import { withEc2State } from './merge-ec2-state.ts';
import { healthyMembers, type InstanceGroup, type InstanceObservation } from './model.ts';
import { type ScalingSince, scalingSince } from './scaling-activities.ts';
import { standaloneGroupsNamed } from './standalone-groups.ts';

/**
 * Observes the groups and targets of strikes in one account and region, by `strikeKey`. Throws errors of EC2 and Auto Scaling; but if
 * only a group's launches cannot be read, that is a failure, and the observation lacks them.
 */
export async function observeStrikes(
  strikes: readonly StrikeEntry[],
  place: Place,
  look: ReadClients,
  tags: TagReader,
): Promise<PartialResult<ReadonlyMap<string, InstanceObservation>>> {
  const autoScaling = look(AutoScalingClient);
  const ec2 = look(EC2Client);
  const [managed, standalone] = await Promise.all([
    autoScalingGroupsNamed(autoScaling, place, listNames(strikes, 'asg'), tags),
    standaloneGroupsNamed(ec2, place, listNames(strikes, 'tag'), tags),
  ]);
  const groups = new Map([...managed, ...standalone].map((group) => [group.key, group]));
  const [states, scaling] = await Promise.all([
    readStates(strikes, [...groups.values()], ec2, place, tags),
    readScaling(strikes, managed, autoScaling, place),
  ]);

  const seen = [...states.values()];
  const found = strikes.map((strike): [string, InstanceObservation] => {
    const { id } = strike.target;
    const group = sameGroup(groups.get(strike.group), strike);
    const struckAt = Date.parse(strike.at);
    const struck = states.get(id);
    const { launches, isScaling } = (group && scaling.value.get(group.key)) ?? noScaling;
    return [
      strikeKey(strike),
      {
        group: group && withEc2State(group, seen),
        target: {
          instanceState: struck?.state,
          launchedAt: struck?.launchedAt,
          lifecycle: group?.members.find((member) => member.instanceId === id)?.lifecycle,
        },
        launchesEnded: launches.filter(({ startedAt }) => startedAt > struckAt).map(({ endedAt }) => endedAt),
        isScaling,
      },
    ];
  });
  return { value: new Map(found), failures: scaling.failures };
}

const noScaling: ScalingSince = { launches: [], isScaling: false };

/** The names of the groups of one kind. */
function listNames(strikes: readonly StrikeEntry[], kind: 'asg' | 'tag'): readonly string[] {
  const names = strikes.flatMap(({ group, target: { account, region } }) => {
    const prefix = groupKey({ account, region, kind, name: '' });
    return group.startsWith(prefix) ? [group.slice(prefix.length)] : [];
  });
  return [...new Set(names)];
}

/** Undefined if the struck group was deleted and this is another group with the same name. */
function sameGroup(group: InstanceGroup | undefined, { target }: StrikeEntry): InstanceGroup | undefined {
  return group?.arn === target.arns.autoScalingGroup ? group : undefined;
}

interface State {
  readonly instanceId: string;
  readonly state: string;
  /** Only for instances that were inspected. */
  readonly launchedAt?: number;
}

/** EC2's view of the struck instances, and of the members that their groups consider healthy. */
async function readStates(
  strikes: readonly StrikeEntry[],
  groups: readonly InstanceGroup[],
  client: EC2Client,
  place: Place,
  tags: TagReader,
): Promise<ReadonlyMap<string, State>> {
  // Standalone instances are already EC2's view.
  const listed = groups
    .filter(({ kind }) => kind === 'tag')
    .flatMap(({ members }) => members)
    .map(({ instanceId, state }): [string, State] => [instanceId, { instanceId, state }]);
  const states = new Map(listed);
  const wanted = [
    ...groups
      .flatMap(healthyMembers)
      .map(({ instanceId }) => instanceId)
      .filter((id) => !states.has(id)),
    // A listing does not show when an instance was last started.
    ...strikes.map(({ target }) => target.id),
  ];
  for (const [id, instance] of await inspectInstances(client, place, [...new Set(wanted)], tags)) {
    states.set(id, instance);
  }
  return states;
}

/** By group, since the first strike on it. */
async function readScaling(
  strikes: readonly StrikeEntry[],
  groups: readonly InstanceGroup[],
  client: AutoScalingClient,
  place: Place,
): Promise<PartialResult<ReadonlyMap<string, ScalingSince>>> {
  const found = new Map<string, ScalingSince>();
  const failures: Failure[] = [];
  await Promise.all(
    groups.map(async ({ key, name }) => {
      const times = strikes.filter(({ group }) => group === key).map(({ at }) => Date.parse(at));
      try {
        found.set(key, await scalingSince(client, name, Math.min(...times)));
      } catch (error) {
        failures.push(failure('verify', error, { ...place, group: key }));
      }
    }),
  );
  return { value: found, failures };
}

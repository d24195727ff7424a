import type { Lookup } from '../util/lookup.ts';
import type { InstanceTraits } from './target.ts';

/**
 * What a survey sees. A group is a set of interchangeable instances: an Auto Scaling group, or standalone
 * instances that share the value of the grouping tag.
 */
export interface Group {
  /** Unique in the organization: `111122223333/eu-west-1/asg/web` or `.../tag/web`. Draws and claims hang on it. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  /** `asg`, `tag`: the kinds of target say which there are. */
  readonly kind: string;
  readonly name: string;
  /** The Auto Scaling group's ARN; undefined for standalone instances. */
  readonly arn: string | undefined;
  readonly tags: Tags;
  /** Keys on which the standalone instances of one group disagree; always empty for an Auto Scaling group. */
  readonly conflictingTags: readonly string[];
  /** The healthy capacity the group is meant to have: instances, or units where its members are weighted. */
  readonly desired: number;
  /** Epoch ms; undefined for standalone instances, whose group has no beginning. */
  readonly createdAt: number | undefined;
  /** The group's own processes that somebody has suspended: `Launch`, `Terminate`, `HealthCheck`... */
  readonly suspendedProcesses: readonly string[];
  readonly members: readonly Member[];
}

export type Tags = Readonly<Record<string, string>>;

/** An instance as the group's own listing shows it, before it is looked up. */
export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** What it counts for in `desired`: 1, unless the group weights its instance types. */
  readonly capacity: number;
  /** In service and healthy, as far as the listing tells. */
  readonly healthy: boolean;
  /** Auto Scaling's lifecycle state, `InService`, `Standby`, `Pending:Wait`; of a standalone instance EC2's state. */
  readonly lifecycle: string;
  /** From scale-in, by its Auto Scaling group. */
  readonly protectedFromScaleIn: boolean;
  /** The state in AWS's words, for explanations: `InService/Healthy`, `Terminating:Wait/Healthy`, `stopped`. */
  readonly state: string;
}

/** An instance looked up in EC2, done only for groups about to be struck. */
export interface InspectedInstance extends InstanceTraits {
  readonly instanceId: string;
  readonly arn: string;
  /** EC2's state: `running`, `pending`, `stopping`... */
  readonly state: string;
  /** Epoch ms. */
  readonly launchedAt: number;
  readonly tags: Tags;
}

/** What an attribute of an instance protects it from. Source: EC2 API reference, ModifyInstanceAttribute. */
export const protections = ['termination', 'stop'] as const;
export type Protection = (typeof protections)[number];

/** What is asked only of a group that is about to be struck. */
export interface Inspection {
  /** As it is listed now, which may be minutes after the survey, opted in or not. Undefined: it is gone. */
  readonly group: Group | undefined;
  readonly instances: readonly InspectedInstance[];
  /** The group's instance refreshes that have not ended: `4f1c... InProgress`. */
  readonly refreshes: Lookup<readonly string[]>;
  /** The group's scaling activities that have not ended: `Launching a new EC2 instance: i-0abc`. */
  readonly activities: Lookup<readonly string[]>;
  /** Alarms of the group's account and region: those of the configuration, and the one that the group's tag names. */
  readonly alarms: Lookup<readonly Alarm[]>;
  /** Of the group's account and region; undefined where the configuration does not ask for it. */
  readonly safetyLever: Lookup<SafetyLever> | undefined;
}

/** A CloudWatch alarm. One that was asked for and does not exist has the state `MISSING`. */
export interface Alarm {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'MISSING';
}

/** AWS FIS's own switch: engaged, it holds every experiment in an account and region. */
export interface SafetyLever {
  readonly status: 'engaged' | 'disengaged' | 'engaging';
  readonly reason: string;
}

export function groupKey(group: Pick<Group, 'account' | 'region' | 'kind' | 'name'>): string {
  return `${group.account}/${group.region}/${group.kind}/${group.name}`;
}

export function healthyMembers(group: Pick<Group, 'members'>): readonly Member[] {
  return group.members.filter((member) => member.healthy);
}

/** In instances, or in units where the members are weighted. */
export function healthyCapacity(group: Pick<Group, 'members'>): number {
  return healthyMembers(group).reduce((sum, member) => sum + member.capacity, 0);
}

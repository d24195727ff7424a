import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Group, Inspection, Tags } from '#core/model/group.ts';
import type { KindTypes } from '#core/model/kind-types.ts';
import type { Observation } from '#core/model/observation.ts';
import type { Answers } from './questions.ts';

/** An Auto Scaling group, or standalone instances that share the value of the grouping tag. */
export interface InstanceGroup extends Group {
  /** The healthy capacity that the group is meant to have: instances, or units if its members are weighted. */
  readonly desired: number;
  /** Epoch ms; undefined for standalone instances, whose group has no beginning. */
  readonly createdAt: number | undefined;
  /** The group's own processes that somebody has suspended: `Launch`, `Terminate`, `HealthCheck`... */
  readonly suspendedProcesses: readonly string[];
  readonly members: readonly Member[];
}

/** An instance as its group's listing shows it, before it is looked up. */
export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** What it counts for in `desired`: 1, unless the group weights its instance types. */
  readonly capacity: number;
  /** In service and healthy, as far as the listing tells. */
  readonly healthy: boolean;
  /** Auto Scaling's lifecycle state, `InService`, `Standby`, `Pending:Wait`; for a standalone instance, EC2's state. */
  readonly lifecycle: string;
  /** Whether its Auto Scaling group protects it from scale-in. */
  readonly protectedFromScaleIn: boolean;
  /** The state in AWS's words, for explanations: `InService/Healthy`, `Terminating:Wait/Healthy`, `stopped`. */
  readonly state: string;
}

/** What is read only about groups that are about to be struck. */
export interface InstanceInspection extends Inspection, Answers {
  readonly group: InstanceGroup | undefined;
  readonly instances: readonly InspectedInstance[];
}

/** An instance looked up in EC2. */
export interface InspectedInstance {
  readonly instanceId: string;
  readonly arn: string;
  /** EC2's state: `running`, `pending`, `stopping`... */
  readonly state: string;
  /** Epoch ms. */
  readonly launchedAt: number;
  readonly tags: Tags;
  /** `ebs` or `instance-store`; undefined if EC2 does not say. */
  readonly rootDevice: string | undefined;
  /** `spot`, `scheduled`, `capacity-block`...; undefined for On-Demand Instances. */
  readonly purchase: string | undefined;
  /** The service that manages it, `eks.amazonaws.com`; undefined if its owner does. */
  readonly managedBy: string | undefined;
}

/** An instance in both views: its group's listing, and EC2's. */
export interface InstanceCandidate {
  /** With EC2's view merged into it. */
  readonly group: InstanceGroup;
  readonly member: Member;
  /** Undefined if EC2 does not know the instance (any more), or was not asked. */
  readonly instance: InspectedInstance | undefined;
}

/** What an attribute of an instance protects it from. Source: EC2 API reference, ModifyInstanceAttribute. */
export const protections = ['termination', 'stop'] as const;
export type Protection = (typeof protections)[number];

/** A group and the instance that was struck, some time after. */
export interface InstanceObservation extends Observation {
  /** With EC2's view merged into it: a member that EC2 does not call running is not healthy. */
  readonly group: InstanceGroup | undefined;
  readonly target: InstanceSeen;
  /** Epoch ms at which launches ended that began after the strike; empty if the group keeps no record of them. */
  readonly launchesEnded: readonly number[];
  /** Whether the group is launching or ending instances right now. */
  readonly isScaling: boolean;
}

/** An instance some time after a strike. */
export interface InstanceSeen {
  /** EC2's state; undefined when EC2 does not know the instance any more. */
  readonly instanceState: string | undefined;
  /** Epoch ms of its last start; undefined when EC2 does not know it any more. */
  readonly launchedAt: number | undefined;
  /** Its lifecycle state in its group; undefined when it is no longer a member. */
  readonly lifecycle: string | undefined;
}

export interface InstanceTypes extends KindTypes {
  readonly group: InstanceGroup;
  readonly inspection: InstanceInspection;
  readonly candidate: InstanceCandidate;
  readonly observation: InstanceObservation;
}

export type InstanceGuard<N extends Need> = GuardOn<N, InstanceTypes>;

export function healthyMembers(group: Pick<InstanceGroup, 'members'>): readonly Member[] {
  return group.members.filter((member) => member.healthy);
}

/** In instances, or in units if the members are weighted. */
export function healthyCapacity(group: Pick<InstanceGroup, 'members'>): number {
  return healthyMembers(group).reduce((sum, member) => sum + member.capacity, 0);
}

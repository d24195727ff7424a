import type { GuardOn, Need } from '#core/guards/guard.ts';
import type { Group, Inspection, Tags } from '#core/model/group.ts';
import type { KindTypes } from '#core/model/kind-types.ts';
import type { Observation } from '#core/model/observation.ts';
import type { Answers } from './questions.ts';

/** An Auto Scaling group, or standalone instances that share the value of the grouping tag. */
export interface InstanceGroup extends Group {
  /** Desired capacity: instances, or units if members are weighted. */
  readonly desired: number;
  /** Epoch ms; undefined for standalone instances. */
  readonly createdAt: number | undefined;
  /** Suspended processes of the group: `Launch`, `Terminate`, `HealthCheck`... */
  readonly suspendedProcesses: readonly string[];
  readonly members: readonly Member[];
}

/** An instance as its group's listing shows it, before it is inspected. */
export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** How much it counts toward `desired`: 1, unless the group weights its instance types. */
  readonly capacity: number;
  /** In service and healthy, according to the listing. */
  readonly healthy: boolean;
  /** Auto Scaling's lifecycle state, `InService`, `Standby`, `Pending:Wait`; for a standalone instance, EC2's state. */
  readonly lifecycle: string;
  /** Whether its Auto Scaling group protects it from scale-in. */
  readonly protectedFromScaleIn: boolean;
  /** AWS's state, for explanations: `InService/Healthy`, `Terminating:Wait/Healthy`, `stopped`. */
  readonly state: string;
}

/** What is read only for groups about to be struck. */
export interface InstanceInspection extends Inspection, Answers {
  readonly group: InstanceGroup | undefined;
  readonly instances: readonly InspectedInstance[];
}

/** An instance as EC2 shows it. */
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

/** An instance as its group and EC2 show it. */
export interface InstanceCandidate {
  /** With EC2's view merged into it. */
  readonly group: InstanceGroup;
  readonly member: Member;
  /** Undefined if EC2 does not know the instance (anymore), or was not called. */
  readonly instance: InspectedInstance | undefined;
}

/** What instance attributes can protect from. Source: EC2 API reference, ModifyInstanceAttribute. */
export const protections = ['termination', 'stop'] as const;
export type Protection = (typeof protections)[number];

/** A group and its struck instance, some time after the strike. */
export interface InstanceObservation extends Observation {
  /** With EC2's view merged into it. */
  readonly group: InstanceGroup | undefined;
  readonly target: InstanceSeen;
  /** When launches that began after the strike ended, epoch ms; empty if the group keeps no record of them. */
  readonly launchesEnded: readonly number[];
  /** Whether the group is launching or terminating instances right now. */
  readonly isScaling: boolean;
}

/** An instance some time after a strike. */
export interface InstanceSeen {
  /** EC2's state; undefined if EC2 no longer knows the instance. */
  readonly instanceState: string | undefined;
  /** Its last start, epoch ms; undefined if EC2 no longer knows it. */
  readonly launchedAt: number | undefined;
  /** Its lifecycle state in its group; undefined if it is no longer a member. */
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

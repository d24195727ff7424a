import type { Tags } from '#core/model/group.ts';
import type { InstanceState, InstanceTraits } from '../ec2/instance.ts';

/** An Auto Scaling group as a scenario describes it. */
export interface AutoScalingGroupSeed {
  readonly name: string;
  readonly desired: number;
  /** Left out: 0. */
  readonly min?: number;
  /** Left out: twice `desired`. */
  readonly max?: number;
  /** Left out: a, b and c of the region. Members are spread over them in turn. */
  readonly zones?: readonly string[];
  readonly tags?: Tags;
  /** Whether SSM manages its instances. Left out: it does not. */
  readonly isManaged?: boolean;
  /** Whether instances are launched with the group's tags. Left out: they are. */
  readonly propagateTags?: boolean;
  /** Left out: as many running ones as desired. */
  readonly members?: readonly MemberSeed[];
  /** Epoch ms. Left out: a day ago. */
  readonly createdAt?: number;
}

/** A seeded state lasts: a member seeded as unhealthy is not replaced, unlike one that is degraded later. */
export interface MemberSeed {
  readonly zone?: string;
  /** EC2's state. Left out: `running`. */
  readonly state?: InstanceState;
  /** The group's own state for it, if it does not follow from `state`: `Standby`, `Pending:Wait`, `Terminating:Wait`. */
  readonly lifecycle?: string;
  readonly health?: 'Healthy' | 'Unhealthy';
  readonly protectedFromScaleIn?: boolean;
  /** In addition to those that the group gives it. */
  readonly tags?: Tags;
  /** Left out: On-Demand, on EBS. */
  readonly traits?: Partial<InstanceTraits>;
}

export function usualMembers(desired: number): readonly MemberSeed[] {
  return Array.from({ length: desired }, () => ({}));
}

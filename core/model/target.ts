/** One instance, chosen to be struck. */
export interface Target {
  readonly account: string;
  readonly region: string;
  /** The group's key. */
  readonly group: string;
  /** Name of the Auto Scaling group; undefined for a standalone instance. */
  readonly autoScalingGroup: string | undefined;
  readonly instanceId: string;
  readonly zone: string;
  readonly arns: TargetArns;
}

/** The ARNs a permission can be about. A session policy names them; a role's policy has patterns in their place. */
export interface TargetArns {
  /** `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc`. */
  readonly instance: string;
  /** Undefined for a standalone instance. */
  readonly autoScalingGroup: string | undefined;
}

/** What EC2 says an instance is. Some instances refuse some faults for as long as they live. */
export interface InstanceTraits {
  /** `ebs` or `instance-store`; undefined where EC2 does not say. */
  readonly rootDevice: string | undefined;
  /** `spot`, `scheduled`, `capacity-block`...; undefined for On-Demand Instances. */
  readonly purchase: string | undefined;
  /** The service that manages it, `eks.amazonaws.com`; undefined where its owner does. */
  readonly managedBy: string | undefined;
}

/** A target some time after a strike. */
export interface TargetSeen {
  /** EC2's state; undefined when EC2 does not know the instance any more. */
  readonly instanceState: string | undefined;
  /** Epoch ms of its last start; undefined when EC2 does not know it any more. */
  readonly launchedAt: number | undefined;
  /** Its lifecycle state in its group; undefined when it is no longer a member. */
  readonly lifecycle: string | undefined;
}

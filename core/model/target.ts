import * as z from 'zod';
import { optionalInJson } from '../util/optional.ts';
import type { Parsed } from '../util/parse.ts';

/** The ARNs a permission can be about. A session policy names them; a role's policy has patterns in their place. */
export const TargetArns = z.object({
  /** `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc`. */
  instance: z.string(),
  /** Undefined for a standalone instance. */
  autoScalingGroup: optionalInJson(z.string()),
});
export type TargetArns = Parsed<typeof TargetArns>;

/** One instance, chosen to be struck. */
export const Target = z.object({
  account: z.string(),
  region: z.string(),
  /** The group's key. */
  group: z.string(),
  /** Name of the Auto Scaling group; undefined for a standalone instance. */
  autoScalingGroup: optionalInJson(z.string()),
  instanceId: z.string(),
  zone: z.string(),
  arns: TargetArns,
});
export type Target = Parsed<typeof Target>;

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

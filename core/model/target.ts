import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** What a fault is done to: one resource. Plain JSON, as it is stored with every strike. */
export const Target = z.object({
  /** The name of its kind: `ec2-instance`. Its kind says what it knows of it, and which ARNs it has. */
  kind: z.string(),
  /** What reports print: `i-0abc`. */
  id: z.string(),
  /** By resource type, what session policies name: `{ instance: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc' }`. */
  arns: z.record(z.string(), z.string()),
  account: z.string(),
  region: z.string(),
  /** The group's key. */
  group: z.string(),
  /** What its kind knows of it. Reports print the zone of whatever has one. */
  facts: z.object({ zone: z.string().exactOptional() }).catchall(z.json()),
});
export type Target = Parsed<typeof Target>;

/** What is the same of all targets of a kind. */
export interface TargetKind {
  /** The name of the kind: `ec2-instance`. */
  readonly kind: string;
  readonly facts: z.ZodType<Target['facts']>;
  /**
   * By resource type, which no other kind has, the ARNs that a role's policy allows. A session policy names those of its targets
   * in their place.
   */
  readonly arnPatterns: Readonly<Record<string, ArnPattern>>;
  /** All that is called to see groups of them, inspect those about to be struck, and look after strikes. */
  readonly readPermissions: readonly ReadPermission[];
}

/** `partition` and `account` may be deploy-time tokens. */
export type ArnPattern = (place: { readonly partition: string; readonly account: string }) => string;

export interface ReadPermission {
  readonly action: `${string}:${string}`;
  /** The resource type that it is called on, where it shows more than is asked: the role has it only on what opted in. */
  readonly on?: string;
}

/** The resource types of a kind. */
export type ResourceType<Kind extends TargetKind> =
  Kind['arnPatterns'] extends Readonly<Record<infer Type extends string, ArnPattern>> ? Type : never;

/** A target as its kind knows it. */
export type TargetOf<Kind extends TargetKind> = Omit<Target, 'kind' | 'arns' | 'facts'> & {
  readonly kind: Kind['kind'];
  readonly arns: Partial<Record<ResourceType<Kind>, string>>;
  readonly facts: z.infer<Kind['facts']>;
};

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

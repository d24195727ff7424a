import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** The resource that a fault strikes. Plain JSON, as it is stored with every strike. */
export const Target = z.object({
  /** The name of its kind, which determines its facts and ARNs. */
  kind: z.string(),
  /** As reports print it: `i-0abc`. */
  id: z.string(),
  /** By resource type, for session policies: `{ instance: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc' }`. */
  arns: z.record(z.string(), z.string()),
  account: z.string(),
  region: z.string(),
  /** The group's key. */
  group: z.string(),
  /** Properties that depend on the kind. Reports print the zone, if there is one. */
  facts: z.object({ zone: z.string().exactOptional() }).catchall(z.json()),
});
export type Target = Parsed<typeof Target>;

/** What all targets of a kind have in common. */
export interface TargetKind {
  /** The name of the kind, e.g. `ec2-instance`. */
  readonly kind: string;
  readonly facts: z.ZodType<Target['facts']>;
  /**
   * The ARNs that the role's policy allows, by resource type. No two kinds share a type. Session policies list the targets' own
   * ARNs instead.
   */
  readonly arnPatterns: Readonly<Record<string, ArnPattern>>;
  /**
   * What these patterns match besides, by resource type, as IAM's `*` crosses `/`: parts of a resource, which have tags of their own.
   * The roles deny any change there.
   */
  readonly partPatterns?: Readonly<Record<string, ArnPattern>>;
  /** All actions that surveying, inspecting and observing need. */
  readonly readPermissions: readonly ReadPermission[];
}

/** Where a role's policy applies. Both may be deploy-time tokens. */
export interface PlaceOfRole {
  readonly partition: string;
  readonly account: string;
}

export type ArnPattern = (place: PlaceOfRole) => string;

export interface ReadPermission {
  readonly action: `${string}:${string}`;
  /** Set if the answer may contain secrets: the role then allows the action only on opted-in resources of this type. */
  readonly on?: string;
}

/** The resource types of a kind. */
export type ResourceType<Kind extends TargetKind> =
  Kind['arnPatterns'] extends Readonly<Record<infer Type extends string, ArnPattern>> ? Type : never;

/** A target with its kind's own types of ARNs and facts. */
export type TargetOf<Kind extends TargetKind> = Omit<Target, 'kind' | 'arns' | 'facts'> & {
  readonly kind: Kind['kind'];
  readonly arns: Partial<Record<ResourceType<Kind>, string>>;
  readonly facts: z.infer<Kind['facts']>;
};

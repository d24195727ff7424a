import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** What a fault is done to: one resource. Plain JSON, as it is stored with every strike. */
export const Target = z.object({
  /** The name of its kind, which says what facts and ARNs it has. */
  kind: z.string(),
  /** What reports print: `i-0abc`. */
  id: z.string(),
  /** By resource type, what session policies name: `{ instance: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc' }`. */
  arns: z.record(z.string(), z.string()),
  account: z.string(),
  region: z.string(),
  /** The group's key. */
  group: z.string(),
  /** What its kind knows about it. Reports print the zone of whatever has one. */
  facts: z.object({ zone: z.string().exactOptional() }).catchall(z.json()),
});
export type Target = Parsed<typeof Target>;

/** What all targets of a kind have in common. */
export interface TargetKind {
  /** The name of the kind, e.g. `ec2-instance`. */
  readonly kind: string;
  readonly facts: z.ZodType<Target['facts']>;
  /**
   * By resource type, which no other kind has: the ARNs that a role's policy allows. A session policy names its targets' ARNs
   * instead.
   */
  readonly arnPatterns: Readonly<Record<string, ArnPattern>>;
  /** Every call that surveying, inspecting and observing them takes. */
  readonly readPermissions: readonly ReadPermission[];
}

/** `partition` and `account` may be deploy-time tokens. */
export type ArnPattern = (place: { readonly partition: string; readonly account: string }) => string;

export interface ReadPermission {
  readonly action: `${string}:${string}`;
  /** The resource type that it is called on, if the answer may hold secrets: the role allows it only on what has opted in. */
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

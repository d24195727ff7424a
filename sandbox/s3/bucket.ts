import type { CORSRule } from '@aws-sdk/client-s3';
import type { Tags } from '#core/model/group.ts';
import { ResourcePolicy } from '../policies/resource-policy.ts';
import { Eventual } from '../state/eventual.ts';

/** A general purpose bucket as a scenario describes it. */
export interface BucketSeed {
  readonly name: string;
  readonly tags?: Tags;
  /** Whether its tags count in authorization. Left out: they do not, as in every new bucket. */
  readonly abac?: boolean;
  readonly policy?: object;
  readonly cors?: readonly CORSRule[];
}

/** An S3 bucket without its objects. */
export class Bucket {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly policy: ResourcePolicy;
  tags: Tags;
  abac: boolean;
  readonly #cors: Eventual<readonly CORSRule[] | undefined>;
  readonly #lagMs: number;

  constructor(
    { name, tags = {}, abac = false, policy, cors }: BucketSeed,
    place: { readonly account: string; readonly region: string; readonly partition: string },
    lagMs: number,
  ) {
    this.name = name;
    this.arn = `arn:${place.partition}:s3:::${name}`;
    this.account = place.account;
    this.region = place.region;
    this.tags = tags;
    this.abac = abac;
    this.policy = new ResourcePolicy(policy && JSON.stringify(policy), {
      readAfterMs: lagMs,
      inEffectAfterMs: lagMs,
    });
    this.#cors = new Eventual(cors);
    this.#lagMs = lagMs;
  }

  policyInEffect(now: number): string | undefined {
    return this.policy.inEffectAt(now);
  }

  /** As it is read, and answered to browsers that have not cached an earlier answer. */
  corsAt(now: number): readonly CORSRule[] | undefined {
    return this.#cors.at(now - this.#lagMs);
  }

  setCors(rules: readonly CORSRule[] | undefined, now: number): void {
    this.#cors.set(structuredClone(rules), now);
  }
}

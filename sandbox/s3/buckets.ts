import type { Place } from '../state/place.ts';
import { Bucket, type BucketSeed } from './bucket.ts';

/** The buckets of a place. Their names are those of all places: S3 gives each only once. */
export class Buckets {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly Bucket[] {
    const { account, region, context } = this.#place;
    return [...context.buckets.values()].filter(
      (bucket) => bucket.account === account && bucket.region === region,
    );
  }

  add(seed: BucketSeed): Bucket {
    const { context } = this.#place;
    const bucket = new Bucket(seed, this.#place, context.timings.bucketConfigurationMs);
    context.buckets.set(seed.name, bucket);
    return bucket;
  }

  /** Of any account and region. */
  anywhere(name: string): Bucket | undefined {
    return this.#place.context.buckets.get(name);
  }

  delete(name: string): void {
    this.#place.context.buckets.delete(name);
  }

  arnOf(name: string): string {
    return `arn:${this.#place.partition}:s3:::${name}`;
  }
}

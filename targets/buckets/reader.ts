import type { LoneTypes } from '../shared/lone-group.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { buckets, loneBucket } from './kind.ts';

/** Reads buckets by the Tagging API, which lists each in its own region. */
export const bucketsReader = taggedReader<LoneTypes>({
  of: buckets,
  lone: loneBucket,
  resourceType: 's3',
  inspect: async () => ({}),
});

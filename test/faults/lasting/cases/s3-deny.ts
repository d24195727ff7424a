import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';

export const faultCase = policyCase({
  action: 's3:GetObject',
  another: 's3:PutObject',
  maxBytes: 20_480,
  arnOf: () => 'arn:aws:s3:::orders',
  on: (arn) => `${arn}/*`,
  create: ({ region, clock }, policy) => {
    const bucket = region.buckets.add({ name: 'orders', abac: true, tags: optIn, ...(policy && { policy }) });
    return {
      holder: bucket,
      text: () => bucket.policy.latest,
      set: (text) => bucket.policy.set(text, clock.now()),
      delete: () => region.buckets.delete('orders'),
      setTags: (tags) => {
        bucket.tags = tags;
      },
    };
  },
  unfit: [
    {
      title: 'without ABAC',
      parameters: { actions: ['s3:GetObject'], minutes: 5 },
      reason: /^bucket-abac-off/,
      create: (world) => {
        world.region.buckets.add({ name: 'orders', tags: optIn });
        return { find: () => world.find('orders') };
      },
    },
  ],
});

import { s3Cors } from '#faults/buckets/s3-cors.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleRestoresCorsOfBucket: Fact = {
  name: 'schedule-restores-cors-of-bucket',
  claim:
    'EventBridge Scheduler puts the CORS rules of a bucket back: its universal target takes them in this shape.',
  faults: ['s3-cors'],
  check: scheduleEnds({
    fault: s3Cors,
    make: (make) => make.bucket(),
    creates: ['a bucket, left empty'],
    parameters: { minutes: 5 },
  }),
};

import { lambdaConcurrency } from '#faults/functions/lambda-concurrency.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleRestoresConcurrency: Fact = {
  name: 'schedule-restores-concurrency',
  claim:
    'EventBridge Scheduler puts the reserved concurrency of a function back, and takes the input in these names.',
  faults: ['lambda-concurrency'],
  check: scheduleEnds({
    fault: lambdaConcurrency,
    make: (make) => make.function(),
    creates: ['a function', 'its role'],
    parameters: { limit: 0, minutes: 5 },
  }),
};

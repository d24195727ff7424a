import { lambdaConfigure } from '#faults/functions/lambda-configure.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleRestoresConfiguration: Fact = {
  name: 'schedule-restores-configuration',
  claim:
    'EventBridge Scheduler puts the memory and the timeout of a function back, and takes the input in these names.',
  faults: ['lambda-configure'],
  check: scheduleEnds({
    fault: lambdaConfigure,
    make: (make) => make.function(),
    creates: ['a function', 'its role'],
    parameters: { memoryMb: 256, timeoutSeconds: 5, minutes: 5 },
  }),
};

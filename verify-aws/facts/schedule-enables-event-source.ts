import { lambdaEventSourceOff } from '#faults/event-source-mappings/lambda-event-source-off.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleEnablesEventSource: Fact = {
  name: 'schedule-enables-event-source',
  claim: 'EventBridge Scheduler enables an event source mapping, and takes its UUID as Uuid.',
  faults: ['lambda-event-source-off'],
  check: scheduleEnds({
    fault: lambdaEventSourceOff,
    make: (make) => make.eventSourceMapping(),
    creates: ['a function', 'its role', 'a queue', 'an event source mapping'],
    parameters: { minutes: 5 },
  }),
};

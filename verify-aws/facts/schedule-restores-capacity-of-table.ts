import { dynamodbThrottle } from '#faults/tables/dynamodb-throttle.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleRestoresCapacityOfTable: Fact = {
  name: 'schedule-restores-capacity-of-table',
  claim:
    'EventBridge Scheduler puts the maximum of a table on demand back, -1 for none, and takes the input in these names.',
  faults: ['dynamodb-throttle'],
  check: scheduleEnds({
    fault: dynamodbThrottle,
    make: (make) => make.table(),
    creates: ['a table, on demand'],
    parameters: { readUnits: 1, writeUnits: 1, minutes: 5 },
  }),
};

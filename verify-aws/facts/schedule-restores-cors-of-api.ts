import { apiCors } from '#faults/http-apis/api-cors.ts';
import type { Fact } from '../fact.ts';
import { scheduleEnds } from '../shared/schedule-ends.ts';

export const scheduleRestoresCorsOfApi: Fact = {
  name: 'schedule-restores-cors-of-api',
  claim:
    'EventBridge Scheduler puts the CORS of an HTTP API back: its universal target takes it in this shape.',
  faults: ['api-cors'],
  check: scheduleEnds({
    fault: apiCors,
    make: (make) => make.httpApi(),
    creates: ['an HTTP API'],
    parameters: { minutes: 5 },
  }),
};

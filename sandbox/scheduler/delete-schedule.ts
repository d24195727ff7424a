import type { DeleteScheduleInput } from '@aws-sdk/client-scheduler';
import type { Operation } from '../service.ts';
import { findSchedule, scheduleAccess } from './get-schedule.ts';

const action = 'scheduler:DeleteSchedule';

/** A call of its target that has failed is not tried again. */
export const deleteSchedule: Operation<DeleteScheduleInput, object> = {
  action,
  inputs: ['Name', 'GroupName'],
  requires: (input, scope) => [scheduleAccess(action, input, scope)],
  run: (input, scope) => {
    scope.region.schedules.delete(findSchedule(input, scope));
    return {};
  },
};

import type { Service } from '../service.ts';
import { createSchedule } from './create-schedule.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { schedulerErrors } from './errors.ts';
import { getSchedule } from './get-schedule.ts';
import { getScheduleGroup } from './get-schedule-group.ts';

export const scheduler: Service = {
  client: 'SchedulerClient',
  operations: [createSchedule, getSchedule, deleteSchedule, getScheduleGroup],
  errors: schedulerErrors,
};

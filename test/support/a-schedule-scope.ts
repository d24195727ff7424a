import type { ScheduleScope } from '#core/permissions/schedule-statements.ts';

export const aScheduleScope: ScheduleScope = {
  partition: 'aws',
  account: '222222222222',
  undoRoleArn: 'arn:aws:iam::222222222222:role/chaos-monkey-undo',
};

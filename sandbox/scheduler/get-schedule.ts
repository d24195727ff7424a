import type { GetScheduleInput, GetScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Access, Operation, Scope } from '../service.ts';
import { notFound } from './errors.ts';
import type { Schedule } from './schedule.ts';

const action = 'scheduler:GetSchedule';

export const getSchedule: Operation<GetScheduleInput, GetScheduleOutput> = {
  action,
  inputs: ['Name', 'GroupName'],
  requires: (input, scope) => [scheduleAccess(action, input, scope)],
  run: (input, scope) => {
    const { seed, arn, createdAt } = findSchedule(input, scope);
    const { target } = seed;
    return {
      Arn: arn,
      Name: seed.name,
      GroupName: seed.group,
      State: 'ENABLED',
      ScheduleExpression: seed.expression,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: seed.afterCompletion,
      ...(seed.description !== undefined && { Description: seed.description }),
      CreationDate: new Date(createdAt),
      LastModificationDate: new Date(createdAt),
      Target: {
        Arn: target.arn,
        RoleArn: target.roleArn,
        Input: target.input,
        RetryPolicy: {
          MaximumRetryAttempts: target.maxRetries,
          MaximumEventAgeInSeconds: target.maxAgeSeconds,
        },
      },
    };
  },
};

export function findSchedule(
  { Name = '', GroupName = 'default' }: GetScheduleInput,
  { region }: Scope,
): Schedule {
  const schedule = region.schedules.get(Name, GroupName);
  if (schedule === undefined) throw notFound('Schedule', Name);
  return schedule;
}

export function scheduleAccess(
  on: string,
  { Name = '', GroupName = 'default' }: GetScheduleInput,
  { region }: Scope,
): Access {
  return { action: on, resource: region.schedules.arnOf(Name, GroupName) };
}

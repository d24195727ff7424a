import type { GetScheduleGroupInput, GetScheduleGroupOutput } from '@aws-sdk/client-scheduler';
import type { Operation } from '../service.ts';
import { arnIn } from '../state/place.ts';
import { notFound } from './errors.ts';

const action = 'scheduler:GetScheduleGroup';

export const getScheduleGroup: Operation<GetScheduleGroupInput, GetScheduleGroupOutput> = {
  action,
  inputs: ['Name'],
  requires: ({ Name = '' }, { region }) => [
    {
      action,
      resource: arnIn(region.place, 'scheduler', `schedule-group/${Name}`),
      resourceTags: region.schedules.groups.get(Name)?.tags ?? {},
    },
  ],
  run: ({ Name = '' }, { region }) => {
    const group = region.schedules.groups.get(Name);
    if (group === undefined) throw notFound('Schedule group', Name);
    const date = new Date(group.createdAt);
    return { Name, Arn: group.arn, State: 'ACTIVE', CreationDate: date, LastModificationDate: date };
  },
};

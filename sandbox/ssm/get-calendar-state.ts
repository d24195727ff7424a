import {
  type GetCalendarStateRequest,
  type GetCalendarStateResponse,
  InvalidDocument,
} from '@aws-sdk/client-ssm';
import type { Operation, Scope } from '../service.ts';

const action = 'ssm:GetCalendarState';

export const getCalendarState: Operation<GetCalendarStateRequest, GetCalendarStateResponse> = {
  action,
  inputs: ['CalendarNames'],
  requires: ({ CalendarNames = [] }, { region }) =>
    CalendarNames.map((name) => ({
      action,
      resource: name.startsWith('arn:') ? name : region.calendarArn(name),
    })),
  run: ({ CalendarNames = [] }, scope) => {
    const states = CalendarNames.map((name) => find(name, scope));
    return {
      State: states.includes('CLOSED') ? 'CLOSED' : 'OPEN',
      AtTime: new Date(scope.now).toISOString(),
    };
  },
};

/** By its name among the caller's own, or by ARN; one of another account counts as shared with the caller. */
function find(nameOrArn: string, { region, account }: Scope): 'OPEN' | 'CLOSED' {
  const [owner, name] = /^arn:[\w-]+:ssm:[\w-]+:(\d{12}):document\/(.+)$/.exec(nameOrArn)?.slice(1) ?? [];
  const home = owner === undefined ? region : account(owner)?.region(region.name);
  const state = home?.calendars.get(name ?? nameOrArn);
  if (state === undefined || (name !== undefined && home?.calendarArn(name) !== nameOrArn)) {
    throw new InvalidDocument({
      message: `Document with name ${nameOrArn} does not exist.`,
      $metadata: { httpStatusCode: 400 },
    });
  }
  return state;
}

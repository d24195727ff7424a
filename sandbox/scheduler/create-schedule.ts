import type { CreateScheduleInput, CreateScheduleOutput, Target } from '@aws-sdk/client-scheduler';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation, Scope } from '../service.ts';
import { notFound, schedulerError, validationError } from './errors.ts';
import type { ScheduleTarget } from './schedule.ts';
import { readTarget } from './universal-target.ts';

const action = 'scheduler:CreateSchedule';

/** Source: API reference, RetryPolicy. */
const [maxRetries, minAge, maxAge] = [185, 60, 86_400];

/** One-time schedules with universal targets. */
export const createSchedule: Operation<CreateScheduleInput, CreateScheduleOutput> = {
  action,
  inputs: [
    'Name',
    'GroupName',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'FlexibleTimeWindow',
    'Target',
    'ActionAfterCompletion',
    'Description',
  ],
  // A schedule has no tags. Source of the second: User Guide, "Identity-based policies in EventBridge Scheduler", PassRole.
  requires: ({ Name = '', GroupName = 'default', Target: target }, { region }) => [
    { action, resource: region.schedules.arnOf(Name, GroupName) },
    {
      action: 'iam:PassRole',
      resource: target?.RoleArn ?? '*',
      context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    },
  ],
  run: (input, scope) => {
    const { Name: name = '', GroupName: group = 'default', FlexibleTimeWindow, Target: given } = input;
    const { schedules } = scope.region;
    const answered = schedules.answerTo(input);
    if (answered !== undefined) return { ScheduleArn: answered };
    if (!/^[\w.-]{1,64}$/.test(name)) throw validationError(`Invalid name ${name}`);
    if (FlexibleTimeWindow?.Mode !== 'OFF') throw new NotImplemented('a flexible time window of a schedule');
    const at = readMoment(input, scope);
    const target = targetOf(given, scope);
    readTarget(target, scope);
    if (!schedules.groups.has(group)) throw notFound('Schedule group', group);
    if (schedules.get(name, group) !== undefined) {
      throw schedulerError('ConflictException', `Schedule ${name} already exists.`, 409);
    }
    const { arn } = schedules.add(
      {
        name,
        group,
        at,
        target,
        expression: input.ScheduleExpression ?? '',
        description: input.Description,
        afterCompletion: input.ActionAfterCompletion ?? 'NONE',
      },
      scope.now,
    );
    schedules.remember(input, arn);
    return { ScheduleArn: arn };
  },
};

/** AWS does not say what it does with a moment that has passed: here it is refused, so that nobody relies on its being made up for. */
function readMoment(
  { ScheduleExpression = '', ScheduleExpressionTimezone }: CreateScheduleInput,
  scope: Scope,
) {
  if (/^(rate|cron)\(/.test(ScheduleExpression))
    throw new NotImplemented(`a schedule of ${ScheduleExpression}`);
  if ((ScheduleExpressionTimezone ?? 'UTC') !== 'UTC') {
    throw new NotImplemented(`the time zone ${ScheduleExpressionTimezone} of a schedule`);
  }
  const [, text = ''] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(ScheduleExpression) ?? [];
  const at = Date.parse(`${text}Z`);
  if (Number.isNaN(at) || at < scope.now) {
    throw validationError(`Invalid Schedule Expression ${ScheduleExpression}.`);
  }
  return at;
}

function targetOf(given: Target | undefined, { region, account }: Scope): ScheduleTarget {
  const { Arn = '', RoleArn = '', Input = '{}', RetryPolicy = {}, ...others } = given ?? {};
  const [other] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (other !== undefined) throw new NotImplemented(`the target's ${other[0]} of a schedule`);
  const { MaximumRetryAttempts = maxRetries, MaximumEventAgeInSeconds = maxAge } = RetryPolicy;
  if (
    MaximumRetryAttempts < 0 ||
    MaximumRetryAttempts > maxRetries ||
    MaximumEventAgeInSeconds < minAge ||
    MaximumEventAgeInSeconds > maxAge
  ) {
    throw validationError('The retry policy is out of range.');
  }
  // A condition of the trust policy on the group is not looked at.
  const role = account(region.account)?.roles.get(RoleArn);
  if (role === undefined || ![role.trust.principal].flat().includes('scheduler.amazonaws.com')) {
    throw validationError(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    );
  }
  return {
    arn: Arn,
    roleArn: RoleArn,
    input: Input,
    maxRetries: MaximumRetryAttempts,
    maxAgeSeconds: MaximumEventAgeInSeconds,
  };
}

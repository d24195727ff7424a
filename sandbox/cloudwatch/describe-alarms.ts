import {
  type DescribeAlarmsInput,
  type DescribeAlarmsOutput,
  InvalidNextToken,
} from '@aws-sdk/client-cloudwatch';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import type { Alarm } from '../state/region.ts';
import { validationError } from './errors.ts';

/** Source: API reference, DescribeAlarms, AlarmNames and MaxRecords. */
const [maxNames, maxPage] = [100, 100];

/** AWS does not document its default: here it is less than the maximum, so that code that relies on the maximum fails. */
const defaultPage = 50;

const action = 'cloudwatch:DescribeAlarms';

export const describeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput> = {
  action,
  inputs: ['AlarmNames', 'AlarmTypes', 'MaxRecords', 'NextToken'],
  // On all alarms, however few are named: otherwise composite alarms are not returned. Source: API reference, DescribeAlarms.
  requires: (_input, { region }) => [{ action, resource: region.alarmArn('*') }],
  run: (
    { AlarmNames: names = [], AlarmTypes = ['MetricAlarm'], MaxRecords = defaultPage, NextToken },
    { region },
  ) => {
    if (names.length > maxNames) {
      throw validationError(
        `1 validation error detected: Value '${names.length} names' at 'alarmNames' failed to satisfy constraint: Member must have length less than or equal to ${maxNames}`,
      );
    }
    if (MaxRecords < 1 || MaxRecords > maxPage) {
      throw validationError(
        `1 validation error detected: Value '${MaxRecords}' at 'maxRecords' failed to satisfy constraint: Member must have value between 1 and ${maxPage}`,
      );
    }
    const wanted = new Set(names);
    const { page, token } = nextPage([...region.alarms.values()], {
      size: MaxRecords,
      token: NextToken,
      keep: ({ name, type }) => AlarmTypes.includes(type) && (names.length === 0 || wanted.has(name)),
      invalidToken: () =>
        new InvalidNextToken({
          message: `The token '${NextToken}' is invalid.`,
          $metadata: { httpStatusCode: 400 },
        }),
    });
    return {
      MetricAlarms: page.filter(({ type }) => type === 'MetricAlarm').map(alarmOutput),
      CompositeAlarms: page.filter(({ type }) => type === 'CompositeAlarm').map(alarmOutput),
      ...(token !== undefined && { NextToken: token }),
    };
  },
};

function alarmOutput({ name, arn, state }: Alarm) {
  return { AlarmName: name, AlarmArn: arn, StateValue: state };
}

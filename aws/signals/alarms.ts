import { type CloudWatchClient, paginateDescribeAlarms, type StateValue } from '@aws-sdk/client-cloudwatch';
import type { HttpHandlerOptions } from '@smithy/types';
import type { Alarm } from '#core/model/group.ts';

/** The maximum names per call, and alarms per answer. */
const perCall = 100;

/**
 * Reads the states of metric and composite alarms in the client's account and region, in the given order. An alarm that AWS does not
 * return is `MISSING`. Throws AWS's errors.
 */
export async function alarmStates(
  client: CloudWatchClient,
  names: readonly string[],
  options: HttpHandlerOptions = {},
): Promise<readonly Alarm[]> {
  const states = new Map<string | undefined, StateValue | undefined>();
  const asked = [...new Set(names)];
  // No call without names: it would return every alarm.
  for (let start = 0; start < asked.length; start += perCall) {
    const pages = paginateDescribeAlarms(
      { client, pageSize: perCall },
      {
        AlarmNames: asked.slice(start, start + perCall),
        // Without this, composite alarms are not returned.
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      },
      options,
    );
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      for (const { AlarmName, StateValue } of [...MetricAlarms, ...CompositeAlarms]) {
        states.set(AlarmName, StateValue);
      }
    }
  }
  return names.map((name) => ({ name, state: states.get(name) ?? 'MISSING' }));
}

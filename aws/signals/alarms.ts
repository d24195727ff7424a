import { type CloudWatchClient, paginateDescribeAlarms, type StateValue } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '#core/model/group.ts';

/** The most names that one call takes, and the most alarms that one answer holds. */
const perCall = 100;

/**
 * The states of these alarms of the client's account and region, metric and composite ones, in the order asked. One that AWS
 * does not answer is `MISSING`. Throws what AWS answers.
 */
export async function alarmStates(
  client: CloudWatchClient,
  names: readonly string[],
): Promise<readonly Alarm[]> {
  const states = new Map<string | undefined, StateValue | undefined>();
  const asked = [...new Set(names)];
  // Not a call for no names: it would be answered with every alarm there is.
  for (let start = 0; start < asked.length; start += perCall) {
    const pages = paginateDescribeAlarms(
      { client, pageSize: perCall },
      {
        AlarmNames: asked.slice(start, start + perCall),
        // Left out, composite alarms are not answered.
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      },
    );
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      for (const { AlarmName, StateValue } of [...MetricAlarms, ...CompositeAlarms]) {
        states.set(AlarmName, StateValue);
      }
    }
  }
  return names.map((name) => ({ name, state: states.get(name) ?? 'MISSING' }));
}

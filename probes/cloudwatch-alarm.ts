import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { alarmStates } from '#aws/signals/alarms.ts';
import type { Probe } from '#core/ports/probe.ts';
import { arnOf, arnParts } from './shared/arn.ts';
import { untilOver } from './shared/until-over.ts';

const Parameters = z.strictObject({
  arn: arnOf(
    'cloudwatch',
    /alarm:[^*?]+/,
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx',
  ).describe('The alarm, metric or composite, in a target account.'),
});
type Parameters = z.infer<typeof Parameters>;

export const cloudwatchAlarm: Probe<Parameters> = {
  type: 'cloudwatch-alarm',
  summary: 'An alarm of CloudWatch: bad while it fires.',
  measures: 'state',
  parameters: Parameters,
  // Alarms are evaluated every 10 s at most. Source: CloudWatch User Guide, "Alarm evaluation".
  leastEveryMs: 10_000,
  settlesMs: 0,
  permissions: [{ action: 'cloudwatch:DescribeAlarms', by: 'target' }],
  what: ({ arn }) => `alarm ${nameOf(arn)}`,
  open: async ({ arn }, means) => ({
    measure: async (_, over) => {
      const client = (await means.clients(arnParts(arn)))(CloudWatchClient);
      const [alarm] = await alarmStates(client, [nameOf(arn)], untilOver(over));
      if (alarm?.state === 'OK') return { is: 'good' };
      if (alarm?.state === 'ALARM') return { is: 'bad', detail: 'in ALARM' };
      return { is: 'unmeasured', detail: alarm?.state === 'MISSING' ? 'no such alarm' : 'INSUFFICIENT_DATA' };
    },
    close: async () => {},
  }),
};

function nameOf(arn: string): string {
  return arnParts(arn).resource.slice('alarm:'.length);
}

import { CloudWatchClient, type DescribeAlarmsCommandInput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { alarmStates } from '#aws/signals/alarms.ts';
import { aSandbox, master, region } from '../../sandbox/a-sandbox.ts';
import { instantClock } from '../../support/instant-clock.ts';

/** A client of a CloudWatch that knows these alarms, and the inputs of its calls. */
function aCloudWatch(put: (home: ReturnType<typeof aSandbox>['home']) => void = () => {}) {
  const inputs: DescribeAlarmsCommandInput[] = [];
  const { clients, sandbox } = aSandbox({ onCall: ({ input }) => inputs.push(input) });
  put(sandbox.account(master).region(region));
  return { client: clients(CloudWatchClient, { region }), inputs, sandbox };
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `alarm-${index}`);

describe('alarmStates', () => {
  test('include metric and composite alarms, in the given order; a nonexistent alarm is missing', async () => {
    const { client } = aCloudWatch((home) => {
      home.alarm('errors', 'OK');
      home.alarm('latency', 'INSUFFICIENT_DATA');
      home.alarm('business', 'ALARM', 'CompositeAlarm');
      home.alarm('not-asked-for', 'ALARM');
    });
    expect(await alarmStates(client, ['business', 'gone', 'latency', 'errors'])).toEqual([
      { name: 'business', state: 'ALARM' },
      { name: 'gone', state: 'MISSING' },
      { name: 'latency', state: 'INSUFFICIENT_DATA' },
      { name: 'errors', state: 'OK' },
    ]);
  });

  test('make no call for no alarms, to which AWS would answer with every alarm', async () => {
    const { client, inputs } = aCloudWatch((home) => home.alarm('errors', 'ALARM'));
    expect(await alarmStates(client, [])).toEqual([]);
    expect(inputs).toEqual([]);
  });

  test('are requested a hundred at a time, each name once, and returned as often as given', async () => {
    const names = named(201);
    const { client, inputs } = aCloudWatch((home) => {
      for (const name of names) home.alarm(name, 'OK');
    });
    const states = await alarmStates(client, [...names, 'alarm-0']);
    expect(states.map(({ name }) => name)).toEqual([...names, 'alarm-0']);
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['OK']));
    expect(inputs.map(({ AlarmNames = [] }) => AlarmNames.length)).toEqual([100, 100, 1]);
  });

  test('are read from every page', async () => {
    const pages: Readonly<Record<string, object>> = {
      first: { CompositeAlarms: [{ AlarmName: 'a', StateValue: 'OK' }], NextToken: 'second' },
      second: { NextToken: 'third' },
      third: { MetricAlarms: [{ AlarmName: 'b', StateValue: 'OK' }] },
    };
    const clients = makeClients({
      clock: instantClock(),
      concurrency: 1,
      transport: async ({ input }) => {
        const { NextToken = 'first' }: DescribeAlarmsCommandInput = input;
        return pages[NextToken] ?? {};
      },
    });
    expect(await alarmStates(clients(CloudWatchClient, { region }), ['a', 'b'])).toEqual([
      { name: 'a', state: 'OK' },
      { name: 'b', state: 'OK' },
    ]);
  });

  test('throw the errors of AWS', async () => {
    const { client, sandbox } = aCloudWatch();
    sandbox.disruptions.deny({ action: 'cloudwatch:DescribeAlarms' });
    await expect(alarmStates(client, ['errors'])).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

import { describe, expect, test } from 'vitest';
import { assumedSessions } from '#aws/sessions.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { aConfig } from '../../support/a-config.ts';
import { aSandboxWorld } from '../../support/a-sandbox-world.ts';

const [one, other] = ['222222222222', '333333333333'];

/** A reader of alarms in two accounts and two regions each. */
function aReader() {
  const config = aConfig({ accounts: [one, other], regions: ['eu-west-1', 'us-east-1'] });
  const world = aSandboxWorld(config);
  const means = probeMeans({
    ...{ ...world, kinds: [], loopback: false, newId: () => '00000001' },
    sessions: assumedSessions(world.clients, config.master.region),
  });
  const asked = () =>
    world.calls.flatMap(({ action, account, region, input }) =>
      action === 'cloudwatch:DescribeAlarms'
        ? [{ at: `${account}/${region}`, names: (input as { AlarmNames: string[] }).AlarmNames.length }]
        : [],
    );
  return { ...world, asked, reader: alarmReader(means) };
}

const arnOf = (name: string, account = one, region = 'eu-west-1') =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

describe('a reader of alarms', () => {
  test('answers in the given order, also for composite alarms, what is not there, and what is asked twice', async () => {
    const { reader, sandbox } = aReader();
    const region = sandbox.account(one).region('eu-west-1');
    region.alarm('errors', 'OK');
    region.alarm('latency: p99', 'INSUFFICIENT_DATA');
    region.alarm('business', 'ALARM', 'CompositeAlarm');
    const arns = ['business', 'gone', 'latency: p99', 'errors', 'business'].map((name) => arnOf(name));
    expect(await reader.alarms(arns)).toEqual(['ALARM', 'MISSING', 'INSUFFICIENT_DATA', 'OK', 'ALARM']);
    expect(await reader.alarms([])).toEqual([]);
  });

  test('asks each account and region for its own: alarms elsewhere may have the same name', async () => {
    const { reader, sandbox, asked } = aReader();
    const places = [one, other].flatMap((account) =>
      ['eu-west-1', 'us-east-1'].map((region) => [account, region] as const),
    );
    const states = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
    states.forEach((state, index) => {
      const [account = one, region = ''] = places[index] ?? [];
      sandbox.account(account).region(region).alarm('errors', state);
    });
    const arns = places.map(([account, region]) => arnOf('errors', account, region));
    expect(await reader.alarms(arns)).toEqual([...states, 'MISSING']);
    expect(asked().map(({ at }) => at)).toEqual(places.map((place) => place.join('/')));
  });

  test('asks for more than a hundred in as few calls as there can be', async () => {
    const { reader, sandbox, asked } = aReader();
    const names = Array.from({ length: 205 }, (_, index) => `alarm-${index}`);
    for (const name of names) sandbox.account(one).region('eu-west-1').alarm(name, 'OK');
    sandbox.account(one).region('eu-west-1').alarm('alarm-204', 'ALARM');
    const states = await reader.alarms(names.map((name) => arnOf(name)));
    expect(states).toEqual([...names.slice(1).map(() => 'OK'), 'ALARM']);
    expect(asked().map((call) => call.names)).toEqual([100, 100, 5]);
  });

  test.each([
    ['a throttled call', { action: 'cloudwatch:DescribeAlarms', region: 'us-east-1' }, 'throttle'],
    ['a denied call', { action: 'cloudwatch:DescribeAlarms', account: other }, 'deny'],
    ['a role that cannot be assumed', { action: 'sts:AssumeRole' }, 'deny'],
  ] as const)(
    'fails with %s, and never takes an unread alarm for one that is quiet',
    async (_, match, how) => {
      const { reader, sandbox } = aReader();
      sandbox.account(one).region('eu-west-1').alarm('errors', 'OK');
      sandbox.disruptions[how](match);
      const arns = [arnOf('errors'), arnOf('errors', other, 'us-east-1')];
      await expect(reader.alarms(arns)).rejects.toThrow();
      sandbox.disruptions.clear();
    },
  );

  test('fails for a place that is not in the configuration', async () => {
    const { reader } = aReader();
    for (const arn of [arnOf('errors', '444444444444'), arnOf('errors', one, 'ap-south-1')]) {
      await expect(reader.alarms([arn])).rejects.toMatchObject({ name: 'NotConfigured' });
    }
  });
});

import { type Activity, AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { scalingSince, unendedActivities } from '#targets/instances/scaling-activities.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { recordingTransport } from '../../support/recording-transport.ts';

const since = Date.parse('2026-11-23T09:00:00Z');

/** A client that is answered with these pages. */
function answeredWith(...pages: readonly (readonly Activity[])[]) {
  const { transport, calls } = recordingTransport(({ input }) => {
    const place = Number('NextToken' in input ? (input.NextToken ?? 0) : 0);
    const Activities = pages[place] ?? [];
    return place + 1 < pages.length ? { Activities, NextToken: String(place + 1) } : { Activities };
  });
  const clients = makeClients({ clock: instantClock(), concurrency: 1, transport });
  return { client: clients(AutoScalingClient, { region: 'eu-west-1' }), calls };
}

/** A launch that began so many seconds after the strike and took a minute. */
function aLaunch(afterSeconds: number, overrides: Partial<Activity> = {}): Activity {
  const startedAt = since + afterSeconds * 1_000;
  return {
    ActivityId: `a${afterSeconds}`,
    AutoScalingGroupName: 'web',
    Description: `Launching a new EC2 instance: i-${afterSeconds}`,
    Cause: 'a test',
    StartTime: new Date(startedAt),
    EndTime: new Date(startedAt + 60_000),
    StatusCode: 'Successful',
    ...overrides,
  };
}
const underWay = (afterSeconds: number, StatusCode: Activity['StatusCode']) =>
  aLaunch(afterSeconds, { StatusCode, EndTime: undefined });
const ends = async (...pages: readonly (readonly Activity[])[]) =>
  (await scalingSince(answeredWith(...pages).client, 'web', since)).launches.map(
    ({ endedAt }) => (endedAt - since) / 1_000,
  );

describe('unendedActivities', () => {
  test.each([
    'PendingSpotBidPlacement',
    'WaitingForInstanceWarmup',
    'MidLifecycleAction',
    'PreInService',
  ] as const)('are those that are %s too', async (status) => {
    const { client } = answeredWith([underWay(1, status), aLaunch(0)]);
    expect(await unendedActivities(client, 'web')).toEqual(['Launching a new EC2 instance: i-1']);
  });

  test('are looked for on the first page that is not empty, and no further', async () => {
    const { client, calls } = answeredWith([], [underWay(2, 'InProgress')], [underWay(1, 'InProgress')]);
    expect(await unendedActivities(client, 'web')).toEqual(['Launching a new EC2 instance: i-2']);
    expect(calls.map(({ input }) => input.AutoScalingGroupName)).toEqual(['web', 'web']);
  });

  test('are none where there is nothing on record', async () => {
    expect(await unendedActivities(answeredWith([]).client, 'web')).toEqual([]);
  });
});

describe('scalingSince', () => {
  test('leaves out what is not in service: failed, cancelled, under way, or in a warm pool', async () => {
    expect(
      await ends([
        underWay(9, 'InProgress'),
        aLaunch(8),
        aLaunch(7, { StatusCode: 'Failed' }),
        aLaunch(6, { StatusCode: 'Cancelled' }),
        aLaunch(5, { Description: 'Launching a new EC2 instance into warm pool: i-5' }),
        aLaunch(4, { Description: 'Launching a new EC2 instance from warm pool: i-4' }),
        aLaunch(3, { Description: 'Terminating EC2 instance: i-3' }),
      ]),
    ).toEqual([68, 64]);
  });

  test('says whether anything is under way, whenever it began', async () => {
    const isScaling = async (...page: readonly Activity[]) =>
      (await scalingSince(answeredWith(page).client, 'web', since)).isScaling;
    expect(await isScaling(aLaunch(8))).toBe(false);
    expect(await isScaling(underWay(9, 'InProgress'), aLaunch(8))).toBe(true);
    expect(await isScaling(underWay(-9, 'MidLifecycleAction'))).toBe(true);
  });

  test('began after the moment, not at it', async () => {
    expect(await ends([aLaunch(0.001), aLaunch(0)])).toEqual([60.001]);
  });

  test('are looked for behind those under way, however old these are', async () => {
    expect(await ends([underWay(-500, 'InProgress'), aLaunch(5)])).toEqual([65]);
  });

  test('are looked for on further pages until one is older', async () => {
    const { client, calls } = answeredWith([aLaunch(5)], [], [aLaunch(3), aLaunch(-1)], [aLaunch(-2)]);
    expect((await scalingSince(client, 'web', since)).launches).toHaveLength(2);
    expect(calls).toHaveLength(3);
  });
});

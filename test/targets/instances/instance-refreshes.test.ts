import { AutoScalingClient, type InstanceRefresh } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { unendedRefreshes } from '#targets/instances/instance-refreshes.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { recordingTransport } from '../../support/recording-transport.ts';

/** A client that is answered with these pages. */
function answeredWith(...pages: readonly (readonly InstanceRefresh[])[]) {
  const { transport, calls } = recordingTransport(({ input }) => {
    const place = Number('NextToken' in input ? (input.NextToken ?? 0) : 0);
    const InstanceRefreshes = pages[place] ?? [];
    return place + 1 < pages.length
      ? { InstanceRefreshes, NextToken: String(place + 1) }
      : { InstanceRefreshes };
  });
  const clients = makeClients({ clock: instantClock(), concurrency: 1, transport });
  return { client: clients(AutoScalingClient, { region: 'eu-west-1' }), calls };
}
const underWay: InstanceRefresh = { InstanceRefreshId: 'r-2', Status: 'InProgress' };
const done: InstanceRefresh = { InstanceRefreshId: 'r-1', Status: 'Successful' };

describe('unendedRefreshes', () => {
  test('are looked for on the first page that is not empty, and no further', async () => {
    const { client, calls } = answeredWith([], [underWay, done], [done]);
    expect(await unendedRefreshes(client, 'web')).toEqual(['r-2 InProgress']);
    expect(calls.map(({ input }) => input.AutoScalingGroupName)).toEqual(['web', 'web']);
  });

  test('are none where there is nothing on record', async () => {
    expect(await unendedRefreshes(answeredWith([]).client, 'web')).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { awsReach } from '#aws/reach.ts';
import { VirtualClock } from '#sandbox/clock.ts';

test('makes no schedule once its time is up: it might outlast its entry', async () => {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const made: string[] = [];
  const transport = async ({ input }: { readonly input: unknown }) => {
    made.push(String(Object(input).Name));
    await clock.sleep(20_000);
    return {};
  };
  const clients = makeClients({ clock, concurrency: 1, transport });
  const reach = awsReach({ clients, clock }, undefined, { region: 'eu-west-1', undoRoleArn: 'arn' });
  const call = { service: 'lambda', action: 'deleteFunctionConcurrency', input: {} };
  const armed = reach.arm('0123456789abcdef', [call, call], clock.now() + 600_000, clock.now() + 20_000);
  await expect(armed).rejects.toThrow('no time was left');
  expect(made).toEqual(['chaos-0123456789abcdef']);
});

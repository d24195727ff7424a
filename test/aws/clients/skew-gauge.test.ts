import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Clients, makeClients } from '#aws/clients/clients.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { fixedClock } from '../../support/a-world.ts';
import { DisruptableSandbox } from '../../support/disruptions.ts';

const now = '2026-11-23T09:00:00Z';
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const ask = async (clients: Clients) => {
  const client = clients(EC2Client, { region: 'eu-west-1', credentials });
  await client.send(new DescribeInstancesCommand({})).catch(() => {});
  client.destroy();
};

afterEach(() => vi.unstubAllEnvs());

describe('the clock skew', () => {
  test('is unknown before the first answer', () => {
    expect(makeClients({ clock: fixedClock(now), concurrency: 1 }).skew.offsetMs()).toBeUndefined();
  });

  test.each([
    ['an answer', 200, '<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>'],
    [
      'a refusal',
      403,
      '<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>',
    ],
  ])('is read from %s over HTTP', async (_, status, body) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { date: 'Mon, 23 Nov 2026 09:07:00 GMT', 'content-type': 'text/xml' });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const clients = makeClients({ clock: fixedClock(now), concurrency: 1 });
    await ask(clients);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(clients.skew.offsetMs()).toBe(7 * 60_000);
  });

  test('is read from the last answer of the sandbox, whose clock is its own', async () => {
    const clock = new VirtualClock({ startsAt: Date.parse(now), jumps: true });
    const account = '111111111111';
    const { transport } = new DisruptableSandbox({ clock, caller: { account, roleName: 'monkey' } });
    const clients = makeClients({
      clock: fixedClock(now),
      concurrency: 1,
      transport: (call) => transport({ ...call, credentials: undefined }),
    });
    await ask(clients);
    expect(clients.skew.offsetMs()).toBe(0);
    await clock.advance(10 * 60_000);
    await ask(clients);
    expect(clients.skew.offsetMs()).toBe(10 * 60_000);
  });

  test('is not changed by an answer without a date', async () => {
    const clients = makeClients({ clock: fixedClock(now), concurrency: 1, transport: async () => ({}) });
    await ask(clients);
    expect(clients.skew.offsetMs()).toBeUndefined();
  });
});

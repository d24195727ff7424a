import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { type ClientScope, type Clients, callsInFlight, makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';

const start = Date.parse('2026-11-23T09:00:00Z');

/** A clock on which sleeping is what makes time pass. */
function sleepingClock() {
  const slept: number[] = [];
  let now = start;
  return {
    slept,
    now: () => now,
    sleep: async (ms: number) => {
      slept.push(ms);
      now += ms;
    },
  };
}

const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };

function oneInTwoThrottled(): Transport {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls % 2 === 1) throw throttled();
    return { Reservations: [] };
  };
}

const throttled = () =>
  Object.assign(new Error('Rate exceeded'), {
    name: 'RequestLimitExceeded',
    $fault: 'client',
    $metadata: { httpStatusCode: 503 },
  });

function failingTimes(times: number, error: () => Error): Transport & { readonly calls: () => number } {
  let calls = 0;
  const transport = async () => {
    calls += 1;
    if (calls <= times) throw error();
    return { Reservations: [] };
  };
  return Object.assign(transport, { calls: () => calls });
}

async function describeInstances(
  transport: Transport,
  patience: Pick<ClientScope, 'deadline' | 'patienceMs'> = {},
) {
  const clock = sleepingClock();
  const clients = makeClients({ clock, concurrency: 4, transport });
  const client = clients(EC2Client, {
    region: 'eu-west-1',
    credentials,
    ...patience,
  });
  const outcome = await client.send(new DescribeInstancesCommand({})).then(
    () => 'answered',
    (error: Error) => error.name,
  );
  return { outcome, slept: clock.slept };
}

describe('clients', () => {
  test('retry what was throttled, waiting on our clock', async () => {
    const transport = failingTimes(3, throttled);
    const { outcome, slept } = await describeInstances(transport);
    expect(outcome).toBe('answered');
    expect(transport.calls()).toBe(4);
    expect(slept).toHaveLength(3);
  });

  test('wait for up to ever longer times, with jitter', async () => {
    const waits = await Promise.all(
      Array.from({ length: 20 }, async () => (await describeInstances(failingTimes(4, throttled))).slept),
    );
    const longest = [0, 1, 2, 3].map((attempt) => Math.max(...waits.map((slept) => slept[attempt] ?? 0)));
    expect(longest).toEqual([...longest].sort((a, b) => a - b));
    expect(new Set(waits.map(([first]) => first)).size).toBeGreaterThan(10);
  });

  test('give up after six attempts, with the error of AWS', async () => {
    const transport = failingTimes(99, throttled);
    expect((await describeInstances(transport)).outcome).toBe('RequestLimitExceeded');
    expect(transport.calls()).toBe(6);
  });

  test('never retry past the deadline', async () => {
    const transport = failingTimes(99, throttled);
    const { outcome, slept } = await describeInstances(transport, { deadline: start + 1 });
    expect(outcome).toBe('RequestLimitExceeded');
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(1);
    expect(transport.calls()).toBeLessThan(6);
  });

  test('never retry a call past its patience, counted from its start', async () => {
    const transport = failingTimes(99, throttled);
    const { outcome, slept } = await describeInstances(transport, { patienceMs: 1 });
    expect(outcome).toBe('RequestLimitExceeded');
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(1);
  });

  test('go on retrying however many of a client’s calls were throttled', async () => {
    const clients = makeClients({
      clock: sleepingClock(),
      concurrency: 4,
      transport: oneInTwoThrottled(),
    });
    const client = clients(EC2Client, { region: 'eu-west-1', credentials });
    for (let call = 0; call < 300; call += 1) await client.send(new DescribeInstancesCommand({}));
  });

  test('give up sooner on errors other than throttling', async () => {
    const lost = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    const transport = failingTimes(99, lost);
    expect((await describeInstances(transport)).outcome).toBe('TimeoutError');
    expect(transport.calls()).toBe(3);
  });

  test('do not retry permanent errors', async () => {
    const denied = () =>
      Object.assign(new Error('no'), {
        name: 'UnauthorizedOperation',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      });
    const transport = failingTimes(99, denied);
    expect((await describeInstances(transport)).outcome).toBe('UnauthorizedOperation');
    expect(transport.calls()).toBe(1);
  });

  test('limit the number of calls in flight, over all clients together', async () => {
    let inFlight = 0;
    let most = 0;
    const clients = makeClients({
      clock: sleepingClock(),
      concurrency: 3,
      transport: async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        return { Reservations: [] };
      },
    });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        clients(EC2Client, { region: 'eu-west-1', credentials }).send(new DescribeInstancesCommand({})),
      ),
    );
    expect(most).toBe(3);
  });

  test('that are set apart wait for no calls of the others, nor the others for theirs', async () => {
    const { promise: never } = Promise.withResolvers<object>();
    const clients = makeClients({
      clock: sleepingClock(),
      concurrency: 1,
      transport: async ({ region }) => (region === 'us-east-1' ? never : {}),
    });
    const ask = (made: Clients, region: string) =>
      made(EC2Client, { region, credentials }).send(new DescribeInstancesCommand({}));
    const apart = clients.apart();
    void ask(clients, 'us-east-1');
    expect(await ask(apart, 'eu-west-1')).toBeDefined();
    for (let call = 0; call < callsInFlight; call += 1) void ask(apart, 'us-east-1');
    expect(await ask(clients.apart({ concurrency: 1 }), 'eu-west-1')).toBeDefined();
    expect(apart.skew).toBe(clients.skew);
  });

  test('pass the transport the client, the command, the scope and the input', async () => {
    const seen: unknown[] = [];
    await describeInstances(async (call) => {
      seen.push(call);
      return {};
    });
    expect(seen).toEqual([
      {
        client: 'EC2Client',
        command: 'DescribeInstancesCommand',
        input: {},
        region: 'eu-west-1',
        credentials: expect.objectContaining({ accessKeyId: 'AKIA' }),
        dated: expect.any(Function),
      },
    ]);
  });
});

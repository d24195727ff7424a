import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { sampleTaker } from '#core/experiment/sampling/take-sample.ts';
import type { Prober } from '#core/ports/probe.ts';
import { parse } from '#core/util/parse.ts';
import { cloudwatchAlarm } from '#probes/cloudwatch-alarm.ts';
import { lambdaInvoke } from '#probes/lambda-invoke.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { never } from '../probes/probe-on-sandbox.ts';
import { aConfig } from '../support/a-config.ts';
import { aProbeSpec } from '../support/a-probe.ts';
import { aSandboxWorld } from '../support/a-sandbox-world.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0).reverse()) close();
});

const account = '222222222222';
const arnOfAlarm = `arn:aws:cloudwatch:eu-west-1:${account}:alarm:checkout`;
const parametersOf = (name: string, given: object = {}) => {
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
  return parse(lambdaInvoke.parameters, { function: arn, ...given }, 'the probe');
};

/** AWS as a server on this machine, whose functions answer by their names, and the means of probes as a deployment has them. */
async function anAws(functions: Readonly<Record<string, (response: ServerResponse) => void>>) {
  const waiting: ServerResponse[] = [];
  const answer: RequestListener = (request, response) => {
    request.resume();
    const { url = '' } = request;
    const [, name = 'alarms'] = /functions\/[^/]*(?:%3A|:)([\w-]+)\/invocations/.exec(url) ?? [];
    if (url.includes('/tags/')) {
      response.setHeader('content-type', 'application/json').end('{"Tags":{"chaos:prober":"true"}}');
    } else if (String(request.headers['x-amz-target']).startsWith('DynamoDB')) {
      response.end('{}');
    } else {
      response.setHeader('content-type', 'application/json');
      const act = functions[name];
      if (act === undefined) waiting.push(response);
      else act(response);
    }
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const clients = makeClients({ clock, concurrency: callsInFlight });
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
  let isHanging = false;
  const session = async () => (isHanging ? new Promise<never>(() => {}) : credentials);
  const means = probeMeans({
    fleet: aSandboxWorld().fleet,
    kinds: [],
    ...{ config: aConfig({ accounts: [account] }), clock, clients, newId: () => '00000001', loopback: false },
    sessions: { openReadOnly: session, openForStrikes: session, openForUndo: session },
  });
  const over = new AbortController();
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => over.abort(),
  );
  const open = (name: string, given: object = {}): Promise<Prober> =>
    lambdaInvoke.open(parametersOf(name, given), means);
  /** Until so many invocations wait for an answer. */
  const reached = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const hangSessions = () => {
    isHanging = true;
  };
  return { clients, credentials, means, open, reached, hangSessions, over: over.signal };
}

const fine = (response: ServerResponse) => response.end('"fine"');

describe('probes of functions', () => {
  test('that hang are in nobody’s way: neither other probes, nor alarms, nor anything else', async () => {
    const { clients, credentials, means, open, reached, over } = await anAws({
      healthy: fine,
      alarms: (response) => response.end('{}'),
    });
    const healthy = await open('healthy');
    // Two at 10/s, each with the timeout that a probe has if its file says nothing: 3 s.
    const hanging = await Promise.all([open('hangs'), open('hangs-too')]);
    for (const prober of hanging) {
      for (let sample = 0; sample < 30; sample += 1) void prober.measure(0, over).catch(() => {});
    }
    await reached(60);
    expect(await healthy.measure(0, never)).toMatchObject({ is: 'good' });
    expect(await alarmReader(means).alarms([arnOfAlarm])).toEqual(['MISSING']);
    const ledger = clients(DynamoDBClient, { region: 'eu-west-1', credentials });
    const read = new GetItemCommand({ TableName: 'Ledger', Key: { pk: { S: 'control' } } });
    expect((await ledger.send(read)).Item).toBeUndefined();
  });

  test('that hang, as alarms that do, are ended by the probe’s own timeout alone, however long that is', async () => {
    const { means, open, reached } = await anAws({});
    const alarm = await cloudwatchAlarm.open({ arn: arnOfAlarm }, means);
    const settled = vi.fn();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const over = new AbortController();
    const samples = [await open('hangs'), alarm].map((prober) => prober.measure(0, over.signal));
    for (const sample of samples) sample.then(settled, settled);
    await reached(2);
    // The longest timeout of a file.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled).not.toHaveBeenCalled();
    over.abort();
    expect((await Promise.allSettled(samples)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('are read up to a megabyte, of which nothing is good or bad that was to be looked into', async () => {
    let sent = 0;
    const part = Buffer.alloc(65_536, 'x');
    const endless = (response: ServerResponse) => {
      const more = () => {
        while (!response.destroyed && response.write(part)) sent += part.length;
      };
      response.on('drain', more);
      more();
    };
    const { open } = await anAws({ endless });
    const prober = await open('endless');
    expect(await prober.measure(0, never)).toMatchObject({ is: 'good' });
    const looking = await open('endless', { expect: { body: { matches: 'needle' } } });
    expect(await looking.measure(0, never)).toEqual({ is: 'unmeasured', detail: 'its answer is over 1 MiB' });
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  test('are not asked, and not bad, while their session is not there', async () => {
    let asked = 0;
    const { open, hangSessions } = await anAws({
      healthy: (response) => {
        asked += 1;
        fine(response);
      },
    });
    const prober = await open('healthy');
    hangSessions();
    const spec = aProbeSpec({ timeoutMs: 10, parameters: parametersOf('healthy') });
    const take = sampleTaker({ probe: lambdaInvoke, spec, prober, clock, lag: new LagWatch() });
    expect(await take(clock.now(), never)).toMatchObject({ is: 'unmeasured' });
    expect(asked).toBe(0);
  });
});

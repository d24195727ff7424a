import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getActiveResourcesInfo } from 'node:process';
import { expect, test } from 'vitest';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { openSampler } from '#core/experiment/sampling/open-sampler.ts';
import { parse } from '#core/util/parse.ts';
import { http } from '#probes/http.ts';
import { aProbeSpec, probeMeans } from '../support/a-probe.ts';

const count = (kind: string) => getActiveResourcesInfo().filter((one) => one === kind).length;

test('a stop in the midst of samples that hang leaves neither sockets nor timers behind', async () => {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [timers, sockets] = [count('Timeout'), count('TCPSocketWrap')];

  const parameters = parse(http.parameters, { url: `http://127.0.0.1:${port}/` }, 'the probe');
  const spec = aProbeSpec({ everyMs: 10, timeoutMs: 60_000, parameters });
  const means = probeMeans(clock, { allowed: { hosts: [], loopback: true } });
  const sampler = await openSampler(http, spec, { means, lag: new LagWatch(), seed: 'run' });
  const stop = new AbortController();
  const samples = (async () => {
    const all = [];
    for await (const one of sampler.between(clock.now(), clock.now() + 60_000, stop.signal)) all.push(one);
    return all;
  })();
  while (asked < 5) await clock.sleep(5);
  stop.abort();
  expect((await samples).filter(({ is }) => is !== 'unmeasured')).toEqual([]);
  await sampler.close();
  await new Promise((resolve) => server.close(resolve));
  // Its own end of a socket is closed a little later.
  while (count('TCPSocketWrap') > sockets) await new Promise((resolve) => setImmediate(resolve));
  expect(count('Timeout')).toBeLessThanOrEqual(timers);
});

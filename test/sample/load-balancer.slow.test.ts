import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type LoadBalancer, startLoadBalancer } from '#sample/local/load-balancer.ts';

const servers: Server[] = [];
let balancer: LoadBalancer;
afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) end(server);
});

function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/** A target that answers with its name, after `workMs`. */
async function target(name: string, workMs = 0) {
  const server = createServer(async ({ url }, response) => {
    if (url !== '/health') await setTimeout(workMs);
    response.end(name);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function ask(): Promise<string> {
  const answer = await fetch(`http://${balancer.host}/`);
  return answer.ok ? answer.text() : `${answer.status}`;
}

async function askUntil(wanted: (answers: readonly string[]) => boolean): Promise<void> {
  while (!wanted([await ask(), await ask()].sort())) await setTimeout(20);
}

test('requests fail until health checks notice that a target is gone, and then none does', async () => {
  balancer = await startLoadBalancer();
  expect(await ask()).toBe('503');
  const [a, b] = [await target('a'), await target('b')];
  balancer.register(a.host);
  balancer.register(b.host);
  await askUntil((answers) => answers.join() === 'a,b');
  end(a.server);
  await askUntil((answers) => answers.join() === '502,b');
  await askUntil((answers) => answers.join() === 'b,b');
  expect(await Promise.all(Array.from({ length: 10 }, ask))).toEqual(Array(10).fill('b'));
});

test('a target that is taken out answers what it has, and gets nothing more', async () => {
  balancer = await startLoadBalancer();
  const [a, b] = [await target('a', 300), await target('b')];
  balancer.register(a.host);
  await askUntil((answers) => answers.join() === 'a,a');
  const underway = ask();
  await setTimeout(50);
  balancer.register(b.host);
  const drained = balancer.deregister(a.host);
  await askUntil((answers) => answers.join() === 'b,b');
  expect(await underway).toBe('a');
  await drained;
});

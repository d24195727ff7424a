import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Measures how long the command line takes to start, and a leashed `run --here` over 3 accounts x 2 regions on moto, if that is on the
 * path: `npx node bench/cli-start.ts [CLONE]`. Prints medians.
 */
const clone = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const chaos = join(clone, 'chaos');
const rounds = 9;

const folder = mkdtempSync(join(tmpdir(), 'chaos-bench-'));
const config = join(folder, 'chaos.config.mjs');
const master = { account: '123456789012', region: 'eu-west-1' };
const accounts = [master.account, '222222222222', '333333333333'];
const regions = ['eu-west-1', 'us-east-1'];
writeFileSync(
  config,
  `export default ${JSON.stringify({ master, accounts, regions, externalId: 'chaos-bench' })};`,
);

let called: () => void = () => {};
const silent = createServer(() => called()).listen(0, '127.0.0.1');
await once(silent, 'listening');
const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
const moto = await startMoto();

const uncached = { NODE_DISABLE_COMPILE_CACHE: '1' };
const runHere = [chaos, 'run', '--here', '--config', config];
const measures: Readonly<Record<string, () => Promise<number>>> = {
  'node -e 0': () => ended([join(clone, 'node_modules/node/bin/node'), '-e', '0']),
  '--help': () => ended([chaos, '--help']),
  '--help, nothing kept': () => ended([chaos, '--help'], uncached),
  'stop, to its first call': () => firstCall({}),
  'stop, nothing kept': () => firstCall(uncached),
  ...(moto && { 'run --here on moto': () => ended(runHere, { AWS_ENDPOINT_URL: moto.url }) }),
};

const taken: Record<string, number>[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const ms: Record<string, number> = {};
  for (const [what, measure] of Object.entries(measures)) ms[what] = await measure();
  // The first round fills caches.
  if (round > 0) taken.push(ms);
}
const node = median('node -e 0');
for (const what of Object.keys(measures)) {
  const ms = median(what);
  const share = `${(ms / node).toFixed(1)} x node -e 0`;
  console.log(`  ${what.padEnd(26)} ${ms.toFixed(0).padStart(6)} ms  ${share}`);
}
silent.close();
moto?.process.kill();
rmSync(folder, { recursive: true });

function start([command = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', ...env },
    stdio: 'ignore',
  });
}

async function ended(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const since = performance.now();
  await once(start(command, env), 'exit');
  return performance.now() - since;
}

async function firstCall(env: Readonly<Record<string, string>>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  called = resolve;
  const since = performance.now();
  const child = start([chaos, 'stop', '--reason', 'bench', '--config', config], {
    AWS_ENDPOINT_URL: silentUrl,
    ...env,
  });
  await promise;
  const ms = performance.now() - since;
  child.kill('SIGKILL');
  await once(child, 'exit');
  silent.closeAllConnections();
  return ms;
}

async function startMoto(): Promise<{ readonly url: string; readonly process: ChildProcess } | undefined> {
  if (spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status !== 0) return undefined;
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface(server.stderr)) {
    const [, url] = /Running on (http:\/\/\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    server.stderr.resume();
    return { url, process: server };
  }
  return undefined;
}

function median(what: string): number {
  const all = taken.map((ms) => ms[what] ?? Number.NaN).sort((a, b) => a - b);
  return all[Math.floor(all.length / 2)] ?? Number.NaN;
}

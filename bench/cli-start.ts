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
 * path: `node bench/cli-start.ts [CLONE ...]`. Several clones take turns, so that machine load affects all of them. Prints medians.
 */
const here = fileURLToPath(new URL('..', import.meta.url));
const clones = process.argv.length > 2 ? process.argv.slice(2) : [here];
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

const measures: Readonly<Record<string, (clone: string) => Promise<number | undefined>>> = {
  'node -e 0': (clone) => ended([join(clone, 'node_modules/node/bin/node'), '-e', '0']),
  '--help': (clone) => ended([join(clone, 'chaos'), '--help']),
  '--help, nothing kept': (clone) =>
    ended([join(clone, 'chaos'), '--help'], { NODE_DISABLE_COMPILE_CACHE: '1' }),
  'stop, to its first call': (clone) => firstCall(clone, {}),
  'stop, nothing kept': (clone) => firstCall(clone, { NODE_DISABLE_COMPILE_CACHE: '1' }),
  'run --here on moto': async (clone) =>
    moto &&
    ended([join(clone, 'chaos'), 'run', '--here', '--config', config], { AWS_ENDPOINT_URL: moto.url }),
};

const taken = new Map<string, number[]>();
for (let round = 0; round <= rounds; round += 1) {
  for (const [what, measure] of Object.entries(measures)) {
    for (const clone of clones) {
      const ms = await measure(clone);
      // The first round fills caches.
      if (round > 0 && ms !== undefined)
        taken.set(`${clone} ${what}`, [...(taken.get(`${clone} ${what}`) ?? []), ms]);
    }
  }
}
for (const clone of clones) {
  console.log(clone);
  const node = median(taken.get(`${clone} node -e 0`));
  for (const what of Object.keys(measures)) {
    const ms = median(taken.get(`${clone} ${what}`));
    if (ms !== undefined)
      console.log(
        `  ${what.padEnd(26)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / (node ?? 1)).toFixed(1)} x node -e 0`,
      );
  }
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

async function firstCall(clone: string, env: Readonly<Record<string, string>>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  called = resolve;
  const since = performance.now();
  const child = start([join(clone, 'chaos'), 'stop', '--reason', 'bench', '--config', config], {
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

function median(values: readonly number[] | undefined): number | undefined {
  return values?.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lastResorts } from '#cli/render/last-resorts.ts';
import { version } from '#core/util/version.ts';
import { cleanEnvironment, node, repository, startChild } from '../support/child-process.ts';

/** The stop as people start it, where only a process of its own shows what happens. */
const timeout = 600_000;
const launcher = join(repository, 'chaos');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-stop-process-'));
});
afterAll(() => rm(folder, { recursive: true }));

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** DynamoDB and STS, as far as a stop calls them. `answer` has the name of the operation, and may leave it unanswered. */
async function anAws(answer: (operation: string, response: ServerResponse) => void) {
  const calls: { readonly operation: string; readonly keyId: string | undefined; readonly body: string }[] =
    [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? 'sts').replace('DynamoDB_20120810.', '');
    const keyId = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
    calls.push({ operation, keyId, body: await text(request) });
    answer(operation, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = startChild(command, args, {
    cwd: folder,
    env: {
      ...cleanEnvironment(),
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const { promise: waited, resolve } = Promise.withResolvers<void>();
  child.stdout?.on('data', (part) => {
    said.stdout += part;
  });
  child.stderr?.on('data', (part) => {
    said.stderr += part;
    if (said.stderr.includes('Waiting for ')) resolve();
  });
  return { child, waited, ended: once(child, 'close').then(([exitCode]) => ({ exitCode, ...said })) };
}

const olderNode =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}});' +
  'Object.defineProperty(process,"version",{value:"v20.20.2"})';

/** What is said of a stop that was not even begun. */
const otherMeans = `If nothing else works, use the aws CLI with credentials of the master account:\n${lastResorts({})}\n`;

const place = ['--region', 'eu-west-1', '--table', 'Ledger'];

describe('chaos stop, as a process', () => {
  test(
    'works by a link, in a folder that is no clone, whose configuration ends its process, with the keys of a profile',
    async () => {
      const aws = await anAws((operation, response) =>
        response.writeHead(operation === 'sts' ? 403 : 200).end(operation === 'sts' ? '' : '{}'),
      );
      await mkdir(join(folder, '.aws'), { recursive: true });
      await writeFile(
        join(folder, '.aws', 'credentials'),
        '[ops]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = any\n',
      );
      await writeFile(join(folder, 'chaos.config.mjs'), 'process.exit(0);');
      const link = join(folder, 'linked');
      await symlink(launcher, link);

      const blocked = await start(link, ['stop', '--profile', 'ops'], { AWS_ENDPOINT_URL: aws.url }).ended;
      expect(blocked.stderr).toContain(
        'NOT STOPPED. chaos.config.mjs ended its process (exit code 0), so the region',
      );
      expect(blocked.exitCode).toBe(2);
      expect(aws.calls).toEqual([]);
      const { exitCode: silent, stderr } = await start(link, ['faults']).ended;
      expect(stderr).toBe('error: chaos.config.mjs ended the process while loading\n');
      expect(silent).toBe(2);

      const { exitCode, stdout } = await start(link, ['--profile', 'ops', 'stop', 'sale', ...place], {
        AWS_ENDPOINT_URL: aws.url,
      }).ended;
      expect(stdout).toMatch(/^STOPPED\. .*\(table Ledger in eu-west-1, /);
      expect(exitCode).toBe(0);
      const write = aws.calls.find(({ operation }) => operation === 'UpdateItem');
      expect(write).toMatchObject({ keyId: 'AKIAPROFILE', body: expect.stringContaining('"S":"sale"') });
    },
    timeout,
  );

  test(
    'says of a configuration that awaits what never comes only that it never finished loading',
    async () => {
      await writeFile(join(folder, 'endless.mjs'), 'await new Promise(() => {});');
      const { exitCode, stdout, stderr } = await start(launcher, ['faults', '--config', 'endless.mjs']).ended;
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: 'error: endless.mjs never finished loading\n',
      });
    },
    timeout,
  );

  test(
    'says what it waits for, and on SIGINT that nothing is stopped, while the configuration hangs',
    async () => {
      await writeFile(join(folder, 'hanging.mjs'), 'for (;;);');
      const { child, waited, ended } = start(launcher, ['stop', '--config', 'hanging.mjs']);
      await waited;
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ended;
      expect(stderr).toMatch(
        /^Waiting for hanging\.mjs to load \.\.\.\nerror: NOT STOPPED\. Interrupted\.\n/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    },
    timeout,
  );

  test(
    'says on SIGTERM that it is not known, and ends at once, while the table does not answer',
    async () => {
      const asked = Promise.withResolvers<void>();
      const aws = await anAws((operation, response) => {
        if (operation === 'UpdateItem') asked.resolve();
        else response.writeHead(403).end('{}');
      });
      const { child, ended } = start(launcher, ['stop', ...place], { AWS_ENDPOINT_URL: aws.url });
      await asked.promise;
      child.kill('SIGTERM');
      const { exitCode, stdout, stderr } = await ended;
      expect(stderr).toContain('error: NOT KNOWN whether it is stopped. Interrupted.\n');
      expect(stderr).toContain('See: ./chaos status --region eu-west-1 --table Ledger\n');
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    },
    timeout,
  );
});

describe('the launcher and its entry points', () => {
  test.each([
    ['chaos', ['status'], false],
    ['chaos', ['--json', 'Stop'], true],
    [node, ['bin/chaos.js', 'status'], false],
    [node, ['bin/chaos.js', 'stop'], true],
    [node, ['bin/checked.js', 'start'], false],
  ])('%s %j says what to type where npm ci was not run, and what stops', async (command, args, isStop) => {
    const clone = await mkdtemp(join(folder, 'bare clone '));
    await cp(launcher, join(clone, 'chaos'));
    await cp(join(repository, 'bin'), join(clone, 'bin'), { recursive: true });
    await writeFile(join(clone, 'package.json'), '{ "type": "module" }');
    const [program, ...rest] = command === 'chaos' ? [join(clone, 'chaos'), ...args] : [command, ...args];
    const { exitCode, stderr } = await start(
      program ?? '',
      rest.map((arg) => (arg.startsWith('bin/') ? join(clone, arg) : arg)),
    ).ended;
    const install = `This clone is not set up. Type: (cd '${clone}' && npm ci)\n`;
    expect(stderr).toBe(isStop ? `error: NOT STOPPED. ${install}${otherMeans}` : `error: ${install}`);
    expect(exitCode).toBe(2);
  });

  test.each([
    [['bin/chaos.js', 'status', '--table', "it's"], "./chaos status --table 'it'\\''s'"],
    [['bin/checked.js', 'start'], 'npm start'],
    [['bin/checked.js', 'serve'], 'npm run serve'],
  ])('%j says in one line what to type on an older Node', async ([file = '', ...args], command) => {
    const { exitCode, stderr } = await start(node, ['--import', olderNode, join(repository, file), ...args])
      .ended;
    expect(stderr).toBe(
      `error: This needs Node 24, which is part of the clone, but runs on v20.20.2. Type: ${command}\n`,
    );
    expect(exitCode).toBe(2);
  });

  test('a stop on an older Node is not stopped, and what to type stops', async () => {
    const { exitCode, stderr } = await start(node, [
      ...['--import', olderNode, join(repository, 'bin/chaos.js'), 'stop', 'on fire'],
    ]).ended;
    expect(stderr).toBe(
      `error: NOT STOPPED. This needs Node 24, which is part of the clone, but runs on v20.20.2. Type: ./chaos stop 'on fire'\n${otherMeans}`,
    );
    expect(exitCode).toBe(2);
  });

  test.each([
    ['sh', 'chaos'],
    ['bash', 'chaos'],
    ['sh', './chaos'],
  ])('%s %s works in the clone', async (shell, file) => {
    const script = 'cd -- "$1" && exec "$2" "$3" --version';
    const { exitCode, stdout } = await start('sh', ['-c', script, 'sh', repository, shell, file]).ended;
    expect(stdout).toBe(`${version}\n`);
    expect(exitCode).toBe(0);
  });

  test('says so when it cannot find its clone', async () => {
    const { exitCode, stdout, stderr } = await start('sh', [
      ...['-c', 'exec sh -s stop < "$1"', 'sh', launcher],
    ]).ended;
    expect(stderr).toMatch(/^error: NOT STOPPED\. The clone was not found\. /);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('minds no NODE_OPTIONS', async () => {
    const { exitCode, stdout } = await start(launcher, ['--version'], {
      NODE_OPTIONS: '--require /nowhere.cjs',
    }).ended;
    expect(stdout).toBe(`${version}\n`);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['stop', ...place],
    ['status', ...place],
  ])('%s works in a folder that was deleted', async (...args) => {
    const aws = await anAws((operation, response) =>
      response.writeHead(operation === 'sts' ? 403 : 200).end(operation === 'sts' ? '' : '{}'),
    );
    const gone = await mkdtemp(join(folder, 'gone-'));
    const script = 'cd -- "$1" && rmdir -- "$1" && shift && exec "$@"';
    const { exitCode, stderr } = await start('sh', ['-c', script, 'sh', gone, launcher, ...args], {
      AWS_ENDPOINT_URL: aws.url,
    }).ended;
    // Some shells say a line of their own.
    const [first] = stderr.replace(/^sh: .*\n/, '').split('\n');
    expect(first).toBe(`This folder no longer exists. Using ${repository.replace(/\/$/, '')}`);
    expect(exitCode).toBe(0);
  });

  test('a stop that is interrupted before its program is loaded says that nothing is stopped', async () => {
    const interrupting =
      "data:text/javascript,import { registerHooks } from 'node:module';registerHooks({ resolve: (name, context, next) => {" +
      "if (name === './chaos.ts') process.kill(process.pid, 'SIGINT'); return next(name, context); } });";
    const { exitCode, stdout, stderr } = await start(node, [
      ...['--import', interrupting, join(repository, 'bin/chaos.js'), 'stop', ...place],
    ]).ended;
    expect(stderr).toMatch(
      /^error: NOT STOPPED\. Interrupted\.\nIf nothing else works, .*aws dynamodb update-item/s,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });

  test('say in one line that stdout is full, and end with 1', async () => {
    const { exitCode, stderr } = await start('sh', ['-c', `'${launcher}' --version > /dev/full`]).ended;
    expect(stderr).toBe('error: could not write to stdout: ENOSPC: no space left on device, write\n');
    expect(exitCode).toBe(1);
  });
});

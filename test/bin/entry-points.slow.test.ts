import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliFolder } from '../support/a-cli.ts';
import { ownClock } from '../support/child-process.ts';

/** Real processes, as users start them: what the tests in this process cannot show. */
const bin = (name: string) => fileURLToPath(new URL(`../../bin/${name}.ts`, import.meta.url));
const timeout = 600_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-process-'));
});
afterAll(() => rm(folder, { recursive: true }));

function start(name: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [bin(name), ...args], {
    cwd: cliFolder,
    env: { ...ownClock(), PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ended: ended(child) };
}

async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function ended(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}

describe('chaos, as a process', () => {
  test(
    'prints the report alone on stdout with --json',
    async () => {
      const { exitCode, stdout, stderr } = await start('chaos', ['run', '--sandbox', '--json']).ended;
      expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 2, mode: 'leashed' });
      expect(stderr).toContain('Nothing real is touched.');
      expect(exitCode).toBe(0);
    },
    timeout,
  );

  test(
    'writes no colors where it is not a terminal',
    async () => {
      const { stdout } = await start('chaos', ['run', '--sandbox']).ended;
      expect(stdout).toMatch(/^ LEASHED {2}Chaos monkey/);
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    },
    timeout,
  );

  test(
    'takes a module from anywhere on disk, also where a package.json says that it is CommonJS',
    async () => {
      await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}');
      const config = join(folder, 'plain.config.ts');
      await writeFile(
        config,
        `const regions: string[] = ['eu-west-1'];
export default { master: { account: '111111111111', region: 'eu-west-1' }, accounts: ['111111111111'], regions, externalId: 'chaos-test' };`,
      );
      const { exitCode, stdout, stderr } = await start('chaos', ['faults', '--json', '--config', config])
        .ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(JSON.parse(stdout)).toContainEqual(
        expect.objectContaining({ name: 'ec2-terminate', isDefault: true }),
      );
    },
    timeout,
  );

  test(
    'says that a configuration outside the clone need not import anything of it',
    async () => {
      const config = join(folder, 'importing.config.ts');
      await writeFile(
        config,
        "import { defineConfig } from '#lib/config/define-config.ts';\nexport default defineConfig({});\n",
      );
      const { exitCode, stderr } = await start('chaos', ['faults', '--config', config]).ended;
      expect(stderr).toBe(
        `error: ${config} is not valid:
  (root): outside the clone, a configuration cannot import from it, and does not need to: export default { ... }, found import ... from '#lib/config/define-config.ts'
`,
      );
      expect(exitCode).toBe(2);
    },
    timeout,
  );

  test(
    'names the line of a syntax error in the configuration, shows no stack, and ends with 2',
    async () => {
      const config = join(folder, 'broken.config.ts');
      await writeFile(config, 'export default {\n  leashed: ,\n};\n');
      const { exitCode, stdout, stderr } = await start('chaos', ['faults', '--config', config]).ended;
      expect(stderr).toMatch(/^error: \S+broken\.config\.ts cannot be loaded \(line \d\): .*\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    },
    timeout,
  );

  test(
    'says that there are no credentials, shows no stack, and ends with 1',
    async () => {
      const { exitCode, stdout, stderr } = await start('chaos', ['run', '--here']).ended;
      expect(stderr).toMatch(
        /^error: Could not ask AWS who you are\. No usable AWS credentials\..*\n {2}.*\n$/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    },
    timeout,
  );

  test(
    'stops, and ends, without waiting for an STS that does not answer',
    async () => {
      const asked: string[] = [];
      const silent = await listening(() => asked.push('STS'));
      const table = await listening(({ headers }, response) => {
        asked.push(String(headers['x-amz-target']));
        response.end('{}');
      });
      const { exitCode, stdout } = await start(
        'chaos',
        ['stop', '--reason', 'sale', '--region', 'eu-west-1', '--table', 'Ledger'],
        {
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_ENDPOINT_URL_STS: silent.url,
          AWS_ENDPOINT_URL_DYNAMODB: table.url,
        },
      ).ended;
      for (const server of [silent, table]) server.close();
      expect(stdout).toMatch(/^STOPPED\. .* account unknown: /);
      expect(asked.sort()).toEqual(['DynamoDB_20120810.GetItem', 'DynamoDB_20120810.UpdateItem', 'STS']);
      expect(exitCode).toBe(0);
    },
    timeout,
  );

  test(
    'ends quietly when nobody reads on',
    async () => {
      const { child, ended } = start('chaos', ['faults']);
      child.stdout?.destroy();
      const { stderr } = await ended;
      expect(stderr).toBe('');
    },
    timeout,
  );
});

describe('npm start, as a process', () => {
  test(
    'tells the story and ends with 0',
    async () => {
      const { exitCode, stdout, stderr } = await start('start').ended;
      expect(stdout).toContain('== What next');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    },
    timeout,
  );
});

describe('npm run serve, as a process', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'answers until %s, and ends with 0',
    async (signal) => {
      const { child, ended } = start('serve', [], { PORT: '0' });
      const url = await new Promise<string>((resolve) => {
        let said = '';
        child.stdout?.on('data', (chunk) => {
          said += chunk;
          const found = /listening on (http:\S+\d)/.exec(said)?.[1];
          if (found !== undefined) resolve(found);
        });
      });
      expect((await fetch(`${url}/runs`, { method: 'POST' })).status).toBe(200);
      child.kill(signal);
      const { exitCode, stdout, stderr } = await ended;
      expect(stdout).toMatch(/Ended\.\n$/);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    },
    timeout,
  );

  test(
    'says what is wrong with the port, and ends with 2',
    async () => {
      const { exitCode, stderr } = await start('serve', [], { PORT: 'x' }).ended;
      expect(stderr).toBe('error: PORT="x": expected a port from 0 to 65535; 0 picks a free one\n');
      expect(exitCode).toBe(2);
    },
    timeout,
  );
});

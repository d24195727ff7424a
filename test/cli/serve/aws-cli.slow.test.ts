import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aServer } from '../../support/a-server.ts';
import { ownClock } from '../../support/child-process.ts';
import { isOnPath } from '../../support/is-on-path.ts';

const hasAwsCli = isOnPath('aws');
if (!hasAwsCli) process.stderr.write('LEFT OUT: npm run serve under the aws CLI: aws is not on the PATH\n');

describe.runIf(hasAwsCli)('the aws CLI, unmodified', () => {
  let server: Awaited<ReturnType<typeof aServer>>;
  let folder: string;
  beforeAll(async () => {
    server = await aServer();
    folder = await mkdtemp(join(tmpdir(), 'chaos-aws-cli-'));
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function invoke(...args: readonly string[]) {
    const { stdout } = await promisify(execFile)(
      'aws',
      [
        ...['lambda', 'invoke', '--endpoint-url', server.url, '--output', 'json'],
        ...['--function-name', 'chaos_monkey', ...args, 'out.json'],
      ],
      {
        cwd: folder,
        env: {
          ...ownClock(),
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_DEFAULT_REGION: 'eu-west-1',
          AWS_PAGER: '',
        },
      },
    );
    return {
      answer: stdout === '' ? undefined : JSON.parse(stdout),
      payload: async () => JSON.parse(await readFile(join(folder, 'out.json'), 'utf8')),
    };
  }

  test('gets a leashed report without a payload', async () => {
    const { answer, payload } = await invoke();
    expect(answer).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(await payload()).toMatchObject({ trigger: 'invoke', mode: 'leashed', counts: { accounts: 2 } });
  });

  test('strikes with a payload', async () => {
    await writeFile(join(folder, 'request.json'), '{"dryRun":false,"groups":["checkout"]}');
    const { payload } = await invoke('--payload', 'fileb://request.json');
    expect(await payload()).toMatchObject({ mode: 'live', counts: { succeeded: 1 } });
  });

  test('learns that a request is not valid as it would from Lambda', async () => {
    await writeFile(join(folder, 'request.json'), '{"dryRun":"perhaps"}');
    const { answer, payload } = await invoke('--payload', 'fileb://request.json');
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(await payload()).toMatchObject({ errorType: 'InvalidInput' });
  });

  test('gets an error for a missing function', async () => {
    await expect(invoke('--qualifier', 'live')).rejects.toThrow('(ResourceNotFoundException)');
  });
});

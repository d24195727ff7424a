import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aCli } from '../support/a-cli.ts';
import { aReport } from '../support/a-report.ts';
import { aServer } from '../support/a-server.ts';

const chaos = aCli();

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('chaos run', () => {
  let server: Awaited<ReturnType<typeof aServer>>;
  beforeAll(async () => {
    server = await aServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  });

  test("prints the deployed function's report, leashed", async () => {
    const { exitCode, out, notes } = await chaos('run', '--json', '--group', 'checkout');
    expect(JSON.parse(out)).toMatchObject({ door: 'invoke', mode: 'leashed', counts: { groups: 1 } });
    expect(notes).toContain('Asking chaos_monkey in eu-west-1 of account 111111111111 for a run ...');
    expect(exitCode).toBe(0);
  });

  test('hands every option on', async () => {
    const { exitCode, out } = await chaos(
      ...['run', '--json', '--unleash', '--force', '--fault', 'ec2-reboot'],
      ...[
        '--account',
        '111111111111',
        '222222222222',
        '--region',
        'eu-west-1',
        'us-east-1',
        '--group',
        'checkout',
        'web',
      ],
    );
    const { counts, strikes } = JSON.parse(out);
    expect(counts).toMatchObject({ accounts: 2, groups: 2, succeeded: 2 });
    for (const strike of strikes) expect(strike.fault.name).toBe('ec2-reboot');
    expect(exitCode).toBe(0);
  });

  test('ends with 2 when the function refuses the request', async () => {
    const { exitCode, out, notes } = await chaos('run', '--account', '5');
    expect(notes).toMatch(/error: run request is not valid:\n {2}accounts\[0\]: .*, found "5"$/);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});

describe('chaos run, where Lambda answers', () => {
  let server: Server | undefined;
  let calls = 0;
  afterEach(() => {
    server?.close();
  });

  async function answering(status: number, headers: Record<string, string>, body: string) {
    calls = 0;
    server = createServer((_request, response) => {
      calls += 1;
      response.writeHead(status, headers).end(body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    return chaos('run', '--unleash');
  }

  test('that there is no such function: says where to deploy it', async () => {
    const { exitCode, notes } = await answering(
      404,
      { 'x-amzn-errortype': 'ResourceNotFoundException' },
      '{}',
    );
    expect(notes).toContain('There is no function chaos_monkey in eu-west-1');
    expect(notes).toContain(
      'Use credentials of the master account 111111111111, or deploy it: npx cdk deploy',
    );
    expect(exitCode).toBe(1);
  });

  test('that the function failed: says how, and where its log is', async () => {
    const { exitCode, notes } = await answering(
      200,
      { 'x-amz-function-error': 'Unhandled' },
      '{"errorType":"Sandbox.Timedout","errorMessage":"Task timed out after 300.00 seconds"}',
    );
    expect(notes).toContain('chaos_monkey failed. Sandbox.Timedout: Task timed out after 300.00 seconds');
    expect(notes).toContain('aws logs tail /aws/lambda/chaos_monkey --region eu-west-1');
    expect(exitCode).toBe(1);
  });

  test.each([
    [429, 'TooManyRequestsException'],
    [500, 'ServiceException'],
  ])('with %i: does not ask again, as that could be a second run', async (status, type) => {
    const { exitCode, notes } = await answering(
      status,
      { 'x-amzn-errortype': type },
      '{"message":"Rate exceeded"}',
    );
    expect(notes).toContain(`Could not ask chaos_monkey for a run. ${type}: Rate exceeded`);
    expect(calls).toBe(1);
    expect(exitCode).toBe(1);
  });

  test('with something else than a report: says so', async () => {
    expect((await answering(200, {}, 'null')).notes).toContain('answer of chaos_monkey is not valid');
    expect((await answering(200, {}, '<html>')).notes).toContain('answered something that is not JSON');
  });

  test.each([
    ['a failed strike', { counts: { failed: 1 } }],
    ['a failure', { counts: { failures: 1 } }],
    ['a closed gate', { outcome: 'closed' as const }],
    ['a group that was not found', { groupsNotFound: ['web'] }],
  ])('with %s: ends with 1', async (_what, report) => {
    expect((await answering(200, {}, JSON.stringify(aReport(report)))).exitCode).toBe(1);
  });

  test('with a report in which all went well: ends with 0', async () => {
    expect((await answering(200, {}, JSON.stringify(aReport()))).exitCode).toBe(0);
  });
});

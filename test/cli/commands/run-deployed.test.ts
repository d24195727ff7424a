import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { aReport } from '../../support/a-report.ts';
import { aServer } from '../../support/a-server.ts';

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
    expect(JSON.parse(out)).toMatchObject({ trigger: 'invoke', mode: 'leashed', counts: { groups: 1 } });
    expect(notes).toContain('Asking chaos_monkey in eu-west-1 of account 111111111111 for a run ...');
    expect(exitCode).toBe(0);
  });

  test('passes every option on', async () => {
    const { exitCode, out } = await chaos(
      ...['run', '--json', '--unleash', '--force', '--fault', 'ec2-reboot'],
      ...[
        '--only-account',
        '111111111111',
        '222222222222',
        '--only-region',
        'eu-west-1',
        'us-east-1',
        '--group',
        'checkout',
        'search',
      ],
    );
    const { counts, strikes } = JSON.parse(out);
    expect(counts).toMatchObject({ accounts: 2, groups: 2, succeeded: 2 });
    for (const strike of strikes) expect(strike.fault.name).toBe('ec2-reboot');
    expect(exitCode).toBe(0);
  });

  test('asks in the region of --region, and says that this does not limit the run', async () => {
    const { exitCode, notes } = await chaos('run', '--region', 'us-east-1');
    expect(notes).toContain('--region us-east-1 names the region of the deployed monkey. It does not limit');
    expect(notes).toContain('Asking chaos_monkey in us-east-1 of account 111111111111 for a run ...');
    // It is not deployed there.
    expect(notes).toContain('There is no function chaos_monkey in us-east-1');
    expect(exitCode).toBe(1);
    for (const limit of [
      ['--only-region', 'us-east-1'],
      ['--group', '111111111111/us-east-1/asg/checkout'],
    ]) {
      const limited = await chaos('run', '--region', 'us-east-1', ...limit);
      expect(limited.notes).not.toContain('does not limit');
    }
  });

  test('ends with 2 when the function refuses the request', async () => {
    const { exitCode, out, notes } = await chaos('run', '--only-account', '5');
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

  /** Lambda alone: who calls is asked of a sandbox. */
  async function lambda(answer: RequestListener) {
    calls = 0;
    server = createServer((request, response) => {
      calls += 1;
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  }

  async function answering(
    status: number,
    headers: Record<string, string>,
    body: string,
    options: readonly string[] = ['--unleash'],
  ) {
    await lambda((_request, response) => response.writeHead(status, headers).end(body));
    return aCli(aDeployment())('run', ...options);
  }

  test('is not asked with credentials of another account than the configured', async () => {
    await lambda((_request, response) => response.end(JSON.stringify(aReport())));
    const { exitCode, out, notes } = await aCli({
      transport: async () => ({ Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/ann' }),
    })('run', '--unleash');
    expect(notes).toBe(
      'error: Your credentials are for account 999999999999, but the configuration names 111111111111 as the master account.\n' +
        '  Use credentials of 111111111111, or a configuration that names 999999999999: --config PATH',
    );
    expect({ exitCode, out, calls }).toEqual({ exitCode: 1, out: '', calls: 0 });
  });

  test('nothing, as the connection is lost: says that the run may be in progress, and does not ask again', async () => {
    await lambda((request) => request.socket.destroy());
    const { exitCode, notes } = await aCli(aDeployment())('run', '--unleash');
    expect(notes).toMatch(
      /error: Could not get the answer of chaos_monkey\. .*\n {2}.*\n {2}The run may still be in progress: \.\/chaos status\./,
    );
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: 1 });
  });

  test('nothing, to what can be asked again: does not say that anything is in progress', async () => {
    await lambda((request) => request.socket.destroy());
    const { exitCode, notes } = await aCli(aDeployment())('plan');
    expect(notes).toMatch(/error: Could not get the answer of chaos_monkey\. /);
    expect(notes).not.toContain('in progress');
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: 1 });
  });

  test('not at all, as nobody is there: does not say that a run is in progress', async () => {
    await lambda(() => {});
    await new Promise((resolve) => server?.close(resolve));
    const { exitCode, notes } = await aCli(aDeployment())('run', '--unleash');
    expect(notes).toContain('Could not ask chaos_monkey for a run. Could not reach AWS.');
    expect(notes).not.toContain('in progress');
    expect(exitCode).toBe(1);
  });

  test.each([
    [['--unleash'], 1, 'NOT UNLEASHED: the configuration says leashed: true. To strike, set leashed: false'],
    [[], 0, 'To strike: set leashed: false in the configuration and deploy it, and add --unleash.'],
  ])(
    'that the deployed configuration is leashed, to %j: goes by that, not by the one here',
    async (options, code, hint) => {
      const report = aReport({ mode: 'leashed', leashedBecause: 'the configuration says leashed: true' });
      const { exitCode, notes } = await answering(200, {}, JSON.stringify(report), options);
      expect(notes).toContain(hint);
      expect(exitCode).toBe(code);
    },
  );

  test('that there is no such function: says where to deploy it', async () => {
    const { exitCode, notes } = await answering(
      404,
      { 'x-amzn-errortype': 'ResourceNotFoundException' },
      '{}',
    );
    expect(notes).toContain(
      'There is no function chaos_monkey in eu-west-1 of account 111111111111. Deploy it: npx cdk deploy',
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
    [429, 'TooManyRequestsException', /Could not ask chaos_monkey for a run\. \w+: Rate exceeded$/],
    [
      500,
      'ServiceException',
      /Could not get the answer .*: Rate exceeded\n {2}The run may still be in progress: /,
    ],
  ])('with %i: does not ask again, as that could be a second run', async (status, type, words) => {
    const { exitCode, notes } = await answering(
      status,
      { 'x-amzn-errortype': type },
      '{"message":"Rate exceeded"}',
    );
    expect(notes).toMatch(words);
    expect(calls).toBe(1);
    expect(exitCode).toBe(1);
  });

  test('with something else than a report: says so', async () => {
    expect((await answering(200, {}, 'null')).notes).toContain('answer of chaos_monkey is not valid');
    expect((await answering(200, {}, '<html>')).notes).toContain('did not answer with JSON');
  });

  test.each([
    ['a failed strike', { counts: { failed: 1 } }],
    ['a strike of which it is not known whether it was made', { counts: { unknown: 1 } }],
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

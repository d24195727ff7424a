import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ClientScope, makeClients } from '#aws/clients/clients.ts';
import { FisClient } from '#aws/fis/client.ts';
import { safetyLever } from '#aws/signals/safety-lever.ts';
import { aSandbox, region } from '../../sandbox/a-sandbox.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { signatureOf } from '../../support/sigv4.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const lever = (state: object): Answer => ({
  status: 200,
  body: JSON.stringify({ safetyLever: { id: 'default', arn: 'arn:aws:fis:...', state } }),
});
const error = (status: number, name: string, message: string): Answer => ({
  status,
  body: JSON.stringify({ message }),
  headers: { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.coral.service/` },
});

/** A FIS on this machine that gives these answers one after the other, the last one for ever. */
async function aFis(...answers: readonly Answer[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const { status, body, headers } =
      answers[Math.min(requests.push(request), answers.length) - 1] ?? lever({});
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  vi.stubEnv('AWS_ENDPOINT_URL_FIS', `http://127.0.0.1:${address.port}`);
  const clock = instantClock();
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    clock,
    ask: (scope: ClientScope = { region, credentials }) =>
      safetyLever(makeClients({ clock, concurrency: 2 })(FisClient, scope)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('safetyLever', () => {
  test.each([
    { status: 'disengaged', reason: '' },
    { status: 'engaged', reason: 'Black Friday' },
    { status: 'engaging', reason: 'incident 42' },
  ])('is read as FIS reports it: $status', async (state) => {
    await using fis = await aFis(lever(state));
    expect(await fis.ask()).toEqual(state);
  });

  test('requests the lever, signed for FIS in the region', async () => {
    await using fis = await aFis(lever({ status: 'disengaged', reason: '' }));
    await fis.ask({ region: 'eu-west-3', credentials });
    expect(fis.requests).toHaveLength(1);
    const [request] = fis.requests;
    if (request === undefined) throw new Error('nothing was asked');
    expect(`${request.method} ${request.url}`).toBe('GET /safetyLevers/default');
    const { authorization = '', ...headers } = request.headers;
    expect(headers).toMatchObject({
      host: fis.host,
      'x-amz-security-token': 'token',
      'user-agent': expect.stringMatching(/\bapi\/fis\b.* app\/chaos-monkey$/),
    });
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-3\/fis\/aws4_request, SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-date;[a-z0-9;-]*x-amz-security-token[a-z0-9;-]*, /,
    );
    expect(authorization).toMatch(
      new RegExp(`Signature=${signatureOf(request, credentials.secretAccessKey)}$`),
    );
  });

  test('is requested with the process’s own credentials if there are no others', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDPROCESS');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'its secret');
    vi.stubEnv('AWS_SESSION_TOKEN', undefined);
    await using fis = await aFis(lever({ status: 'engaged', reason: '' }));
    await fis.ask({ region });
    expect(fis.requests[0]?.headers.authorization).toContain('Credential=AKIDPROCESS/');
  });

  test('is requested again when throttled, with a new signature', async () => {
    await using fis = await aFis(
      error(429, 'ThrottlingException', 'Rate exceeded'),
      error(400, 'ThrottlingException', 'Rate exceeded'),
      lever({ status: 'engaged', reason: 'Black Friday' }),
    );
    expect(await fis.ask()).toMatchObject({ status: 'engaged' });
    expect(fis.clock.slept).toHaveLength(2);
    expect(fis.requests).toHaveLength(3);
    for (const request of fis.requests) {
      expect(request.headers.authorization).toContain(signatureOf(request, credentials.secretAccessKey));
    }
  });

  test('throws the errors of FIS by their names, without a retry', async () => {
    const message = 'User: x is not authorized to perform: fis:GetSafetyLever';
    await using fis = await aFis(error(403, 'AccessDeniedException', message));
    await expect(fis.ask()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message,
      $metadata: { httpStatusCode: 403 },
    });
    expect(fis.requests).toHaveLength(1);
  });

  test.each([
    ['another status', lever({ status: 'jammed', reason: '' })],
    ['no state', lever({})],
    ['no lever', { status: 200, body: '{}' }],
  ])('does not treat %s as permission', async (_what, answer) => {
    await using fis = await aFis(answer);
    await expect(fis.ask()).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  test('is answered by the sandbox, which can throttle and deny it', async () => {
    const { clients, sandbox, home, clock, assume } = aSandbox();
    home.safetyLever('engaged', 'Black Friday');
    const session = await assume();
    sandbox.disruptions.throttle({ action: 'fis:GetSafetyLever' }, 2);
    const before = clock.now();
    expect(await safetyLever(clients(FisClient, session))).toEqual({
      status: 'engaged',
      reason: 'Black Friday',
    });
    expect(clock.now()).toBeGreaterThan(before);
    sandbox.disruptions.deny({ action: 'fis:GetSafetyLever' });
    await expect(safetyLever(clients(FisClient, session))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getParameter, type Way } from '#layer/get-parameter.ts';
import { runNode } from '../support/child-process.ts';
import { signatureOf } from '../support/sigv4.ts';

const found = JSON.stringify({
  Parameter: { Name: '/a', Type: 'String', Value: '{"latency":{}}', Version: 3 },
});
let respond: (response: ServerResponse) => unknown = (response) => response.end(found);
let received: { request: IncomingMessage; body: string }[] = [];
const server = createServer((request, response) => {
  text(request).then(
    (body) => {
      received.push({ request, body });
      respond(response);
    },
    () => {},
  );
});
const sockets: Socket[] = [];
let way: Way = { environment: {}, lookup, connected: () => {} };

beforeEach(async () => {
  received = [];
  respond = (response) => response.end(found);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL_SSM: url,
  };
  way = { environment, lookup, connected: (socket) => sockets.push(socket) };
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('the parameter', () => {
  test('is asked for with a signature, over a connection of its own', async () => {
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    const { value, sentAt } = await getParameter('/a', way);
    expect(value).toBe('{"latency":{}}');
    expect(sentAt).toBeGreaterThanOrEqual(before);
    await getParameter('/a', way);
    const [first, second] = received;
    if (first === undefined || second === undefined) throw new Error('no requests');
    expect(first.body).toBe('{"Name":"/a"}');
    const { headers } = first.request;
    expect(headers).toMatchObject({
      'x-amz-target': 'AmazonSSM.GetParameter',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-security-token': 'token',
      connection: 'close',
    });
    expect(headers.authorization).toContain('/eu-west-1/ssm/aws4_request');
    expect(headers.authorization).toContain(`Signature=${signatureOf(first.request, 'secret', first.body)}`);
    expect(first.request.socket).not.toBe(second.request.socket);
  });

  test('may not be there', async () => {
    const error = { __type: 'com.amazonaws.ssm#ParameterNotFound', message: 'a' };
    respond = (response) => response.writeHead(400).end(JSON.stringify(error));
    expect(await getParameter('/a', way)).toMatchObject({ value: undefined });
  });

  test.each<[string, (response: ServerResponse) => unknown, string]>([
    [
      'is throttled',
      (it) => it.writeHead(400).end('{"__type":"ThrottlingException"}'),
      'ThrottlingException',
    ],
    [
      'is refused',
      (it) => it.writeHead(400).end('{"__type":"AccessDeniedException"}'),
      'AccessDeniedException',
    ],
    ['is answered by something else', (it) => it.end('<html>sign in</html>'), 'NotUnderstood'],
    ['is answered with null', (it) => it.end('null'), 'NotUnderstood'],
    ['has no value', (it) => it.end('{"Parameter":{}}'), 'NotUnderstood'],
    ['fails without a word', (it) => it.writeHead(500).end(), 'Status500'],
    ['is redirected', (it) => it.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'Status302'],
    ['is too long', (it) => it.end('x'.repeat(70_000)), 'TooLong'],
    [
      'breaks off',
      (it) => it.writeHead(200, { 'content-length': 99 }).write('{"Par', () => it.destroy()),
      'aborted',
    ],
  ])('that %s is an error', async (_what, how, message) => {
    respond = how;
    await expect(getParameter('/a', way)).rejects.toThrow(message);
  });

  test('that is never answered, or begins and never ends, is an error', async () => {
    let begins = false;
    respond = (it) => {
      if (begins) it.writeHead(200).write('{');
      begins = !begins;
    };
    const asked = ['/a', '/b'].map((name) => expect(getParameter(name, way)).rejects.toThrow());
    await Promise.all(asked);
  });

  test('cannot be had from where nobody listens, or without credentials', async () => {
    const nowhere = {
      ...way,
      environment: { ...way.environment, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:1' },
    };
    await expect(getParameter('/a', nowhere)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const invalid = { ...way, environment: { ...way.environment, AWS_ENDPOINT_URL_SSM: 'nonsense' } };
    await expect(getParameter('/a', invalid)).rejects.toThrow('Invalid URL');
    await expect(getParameter('/a', { ...way, environment: {} })).rejects.toThrow('NoCredentials');
  });

  test.each([
    [{ AWS_REGION: 'eu-west-1' }, 'ssm.eu-west-1.amazonaws.com'],
    [{ AWS_REGION: 'cn-north-1' }, 'ssm.cn-north-1.amazonaws.com.cn'],
    [{ AWS_ENDPOINT_URL: 'http://all.test:1' }, 'all.test'],
    [{ AWS_ENDPOINT_URL: 'http://all.test:1', AWS_ENDPOINT_URL_SSM: 'https://ssm.test' }, 'ssm.test'],
    [
      {
        AWS_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL: 'http://all.test',
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      },
      'ssm.eu-west-1.amazonaws.com',
    ],
  ])('is at %j: %s', async (environment, expected) => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = way.environment;
    const asked: string[] = [];
    const parameter = getParameter('/a', {
      ...way,
      environment: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...environment },
      lookup: (host, _options, done) => {
        asked.push(host);
        done(new Error('looked up'), '');
      },
    });
    await expect(parameter).rejects.toThrow('looked up');
    expect(asked).toEqual([expected]);
  });

  test('keeps nothing alive: a handler that calls back is done when nothing is left to wait for', async () => {
    respond = () => {};
    const { AWS_ENDPOINT_URL_SSM = '' } = way.environment;
    const environment = {
      ...way.environment,
      AWS_ENDPOINT_URL_SSM: AWS_ENDPOINT_URL_SSM.replace('localhost', '127.0.0.1'),
    };
    const script = `
      const { getParameter } = await import('#layer/get-parameter.ts');
      const way = { environment: ${JSON.stringify(environment)}, connected: () => {} };
      getParameter('/a', way).catch((error) => console.log(error.message));`;
    const { exitCode, stdout } = await runNode(['--input-type=module', '--eval', script], process.env);
    // Were it waited for, it would say that it gave up.
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(received).toHaveLength(1);
  });
});

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeInstancesCommand, EC2Client, RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AttemptTracker } from '#aws/clients/attempt-tracker.ts';
import { makeClients } from '#aws/clients/clients.ts';
import { instantClock } from '../../support/instant-clock.ts';

type Command = RebootInstancesCommand | DescribeInstancesCommand;
type Answer = (...call: Parameters<RequestListener>) => void;

const done: Answer = (_request, response) => {
  response.end('<RebootInstancesResponse><return>true</return></RebootInstancesResponse>');
};
const lost: Answer = (request) => {
  request.socket.destroy();
};
const error =
  (status: number, code: string): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
    );
  };
const refused = error(403, 'UnauthorizedOperation');
const throttled = error(503, 'RequestLimitExceeded');
const broken = error(500, 'InternalError');
const unreadable: Answer = (_request, response) => {
  response.end('<RebootInst');
};

afterEach(() => vi.unstubAllEnvs());

/** Calls EC2 over HTTP, where each attempt meets the next of these answers. */
const calledOver = (...answers: readonly Answer[]) =>
  sentOver(answers, [new RebootInstancesCommand({ InstanceIds: ['i-0'] })]);

async function sentOver(answers: readonly Answer[], commands: readonly Command[]) {
  const left = [...answers];
  const server = createServer((request, response) => (left.shift() ?? refused)(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const attempts = new AttemptTracker(() => {});
  const client = makeClients({ clock: instantClock(), concurrency: 1 })(EC2Client, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
  });
  client.middlewareStack.use(attempts.plugin);
  try {
    for (const command of commands) await client.send(command as RebootInstancesCommand).catch(() => {});
  } finally {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { didNothing: attempts.wasRefusedEveryTime, unmet: left.length };
}

describe('attempts over HTTP', () => {
  test.each([
    ['is refused', [refused]],
    ['is throttled, then refused', [throttled, throttled, refused]],
    ['is throttled to the end', Array<Answer>(6).fill(throttled)],
  ])('did nothing if the call %s', async (_what, answers) => {
    expect(await calledOver(...answers)).toEqual({ didNothing: true, unmet: 0 });
  });

  test.each([
    ['is answered', [done]],
    ['is throttled, then answered', [throttled, done]],
    ['is lost, then refused', [lost, refused]],
    ['is throttled, lost, then refused', [throttled, lost, refused]],
    ['meets a server that breaks down, then is refused', [broken, refused]],
    ['is lost each time', [lost, lost, lost]],
    ['breaks a server down each time', [broken, broken, broken]],
    ['gets an answer that cannot be read', [unreadable]],
  ])('may have acted if the call %s', async (_what, answers) => {
    expect(await calledOver(...answers)).toEqual({ didNothing: false, unmet: 0 });
  });
});

test('reads, answered or lost, count as nothing done', async () => {
  const read: Answer = (_request, response) => {
    response.end('<DescribeInstancesResponse/>');
  };
  const commands = [
    new DescribeInstancesCommand({}),
    new DescribeInstancesCommand({}),
    new RebootInstancesCommand({ InstanceIds: ['i-0'] }),
  ];
  expect(await sentOver([read, lost, read, refused], commands)).toEqual({ didNothing: true, unmet: 0 });
  expect(await sentOver([read, lost, read, done], commands)).toEqual({ didNothing: false, unmet: 0 });
});

describe('attempts', () => {
  test('did nothing before the first one', () => {
    expect(new AttemptTracker(() => {}).wasRefusedEveryTime).toBe(true);
  });
});

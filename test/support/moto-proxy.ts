import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { isAssumeRoleAllowed } from './iam-assume-role.ts';
import type { MotoAccount } from './moto-account.ts';
import { trustPolicyInMoto } from './moto-role.ts';

/**
 * A proxy in proxy of moto, for what we test. It makes up for what AWS has and moto leaves out: policies decide who may assume
 * a role, calls to DynamoDB are atomic, and a group is asked for its instance refreshes, of which there are none.
 */
export interface MotoProxy {
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  /** Every call that came in, in order: `ec2:TerminateInstances`. */
  readonly calls: readonly string[];
  /** From now on holds calls to `action` until two callers have made one, so that both are under way at the same moment. */
  holdForTwo(action: string): void;
  /** Lets the next such call happen, and keeps its answer from the caller for good. Resolves once it has happened. */
  holdAnswer(action: RegExp): Promise<void>;
  /** From now on answers such calls itself. */
  standIn(action: RegExp, answer: StandIn): void;
  stop(): Promise<void>;
}

/** The answer to a call that moto lacks. */
export interface StandIn {
  readonly contentType: 'application/json' | 'text/xml';
  readonly body: string;
}

interface Call {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | string;
}

export async function startMotoProxy({
  motoEndpoint,
  accounts,
  policiesOf,
}: {
  readonly motoEndpoint: string;
  readonly accounts: readonly MotoAccount[];
  /** What a role, by its ARN, may do. */
  readonly policiesOf: (roleArn: string) => Promise<readonly object[]>;
}): Promise<MotoProxy> {
  const calls: string[] = [];
  let meeting = meetingOfTwo(undefined);
  let lastOfDynamoDb: Promise<unknown> = Promise.resolve();
  let held: { readonly action: RegExp; readonly happened: () => void } | undefined;
  const standIns: { readonly action: RegExp; readonly answer: StandIn }[] = [];

  const forward = async ({ method, path, headers, body }: Call): Promise<Answer> => {
    const forwarded = send(new URL(path, motoEndpoint), { method, headers });
    forwarded.end(body);
    const [answer] = await once(forwarded, 'response');
    return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
  };

  /** The role that a call's credentials are of. */
  const callingRole = async (call: Call): Promise<string> => {
    const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15');
    const headers = { ...call.headers, 'content-length': String(body.length) };
    const { body: answered } = await forward({ ...call, headers, body });
    const [, account, name] = /:(\d{12}):assumed-role\/([^/]+)\//.exec(String(answered)) ?? [];
    return `arn:aws:iam::${account}:role/${name}`;
  };

  const assumeRole = async (call: Call): Promise<Answer> => {
    const asked = new URLSearchParams(call.body.toString('utf8'));
    const roleArn = asked.get('RoleArn') ?? '';
    const caller = await callingRole(call);
    const target = accounts.find(({ id }) => roleArn.split(':')[4] === id);
    const allowed = await isAssumeRoleAllowed({
      caller,
      callersPolicies: await policiesOf(caller),
      roleArn,
      trustPolicy: target && (await trustPolicyInMoto(target, roleArn.split('/').at(-1) ?? '')),
      externalId: asked.get('ExternalId') ?? undefined,
      sourceIdentity: asked.get('SourceIdentity') ?? undefined,
    });
    const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return allowed ? forward(call) : refusal(403, 'AccessDenied', message);
  };

  const answer = async (call: Call): Promise<Answer> => {
    const action = actionOf(call);
    calls.push(action);
    await meeting(action, call.headers.authorization ?? '');
    if (action === 'sts:AssumeRole') return assumeRole(call);
    if (action === 'autoscaling:DescribeInstanceRefreshes') return noRefreshes;
    const standIn = standIns.find((one) => one.action.test(action))?.answer;
    if (standIn !== undefined) {
      return { status: 200, headers: { 'content-type': standIn.contentType }, body: standIn.body };
    }
    const answered = await passOn(call, action);
    if (held?.action.test(action) !== true) return answered;
    held.happened();
    held = undefined;
    return new Promise(() => {});
  };

  const passOn = (call: Call, action: string): Promise<Answer> => {
    if (!action.startsWith('dynamodb:')) return forward(call);
    const turn = lastOfDynamoDb.then(() => forward(call));
    lastOfDynamoDb = turn.catch(() => {});
    return turn;
  };

  const server = createServer((request, response) => {
    const { method, url: path = '/', headers } = request;
    buffer(request)
      .then((body) => answer({ method, path, headers, body }))
      // Not a status that is worth a retry: it is a mistake in here.
      .catch((error: unknown) => refusal(400, 'MotoFrontError', inspect(error)))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    calls,
    holdForTwo: (action) => {
      meeting = meetingOfTwo(action);
    },
    holdAnswer: (action) =>
      new Promise((happened) => {
        held = { action, happened };
      }),
    standIn: (action, answer) => {
      standIns.unshift({ action, answer });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The signature names the service; a header or the form names the operation. */
function actionOf({ method, path, headers, body }: Call): string {
  const service = headers.authorization?.split('/')[3];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return `${service}:${target.split('.').at(-1)}`;
  return `${service}:${new URLSearchParams(body.toString('utf8')).get('Action') ?? `${method} ${path}`}`;
}

/** Identifies callers by their access keys. */
function meetingOfTwo(held: string | undefined) {
  const present = new Set<string | undefined>();
  const { promise: both, resolve } = Promise.withResolvers<void>();
  return async (action: string, authorization: string): Promise<void> => {
    if (action !== held) return;
    present.add(/Credential=([^/]+)/.exec(authorization)?.[1]);
    if (present.size === 2) resolve();
    await both;
  };
}

/** Moto 5.2 does not know the call. Not to know it is to be spared, which is tested elsewhere. */
const noRefreshes: Answer = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: '<DescribeInstanceRefreshesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeInstanceRefreshesResult><InstanceRefreshes/></DescribeInstanceRefreshesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeInstanceRefreshesResponse>',
};

/** As STS words it. */
function refusal(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message><![CDATA[${message}]]></Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

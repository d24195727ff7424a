import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a function answered to an event. */
export interface Answered {
  readonly kind: 'response' | 'error';
  readonly body: string;
  /** When the event was handed out, each chunk arrived, and all of it had, in ms. */
  readonly startedAt: number;
  readonly chunks: readonly { readonly at: number; readonly text: string }[];
  readonly endedAt: number;
  readonly headers: IncomingMessage['headers'];
  readonly trailers: IncomingMessage['trailers'];
}

/** Lambda's Runtime API on loopback. Source: Lambda Developer Guide, "Using the Lambda runtime API". */
export interface StubLambda extends AsyncDisposable {
  /** For `AWS_LAMBDA_RUNTIME_API`. */
  readonly host: string;
  /** The function's answer. `timeoutMs` is told to it, and nobody enforces it. */
  invoke(event: unknown, timeoutMs?: number): Promise<Answered>;
  /** Resolves with what the function said of its start when that failed. */
  readonly initError: Promise<{ readonly errorType: string; readonly errorMessage: string }>;
  /** When the function first asked for an event. */
  readonly ready: Promise<number>;
}

export async function startStubLambda(): Promise<StubLambda> {
  const waiting: ServerResponse[] = [];
  const due: ((response: ServerResponse) => void)[] = [];
  const open = new Map<string, { startedAt: number; done: (answered: Answered) => void }>();
  const initError = Promise.withResolvers<{ errorType: string; errorMessage: string }>();
  const ready = Promise.withResolvers<number>();
  let count = 0;

  const handOut = () => {
    const [response, work] = [waiting[0], due[0]];
    if (response === undefined || work === undefined) return;
    waiting.shift();
    due.shift();
    work(response);
  };
  const server = createServer((request, response) => {
    const [, , , , id = '', kind] = (request.url ?? '').split('/');
    if (request.url?.endsWith('/invocation/next')) {
      ready.resolve(performance.now());
      waiting.push(response);
      response.on('close', () => {
        const at = waiting.indexOf(response);
        if (at >= 0) waiting.splice(at, 1);
      });
      handOut();
      return;
    }
    receive(request)
      .then(({ body, chunks }) => {
        response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
        if (id === 'error') return initError.resolve(JSON.parse(body));
        const { headers, trailers } = request;
        const { startedAt, done } = open.get(id) ?? { startedAt: 0, done: () => {} };
        const endedAt = performance.now();
        done({ kind: kind as Answered['kind'], body, startedAt, chunks, endedAt, headers, trailers });
      })
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    host: `127.0.0.1:${address.port}`,
    initError: initError.promise,
    ready: ready.promise,
    invoke: (event, timeoutMs = 60_000) => {
      count += 1;
      const id = `request-${count}`;
      return new Promise((done) => {
        due.push((response) => {
          open.set(id, { startedAt: performance.now(), done });
          response
            .writeHead(200, {
              'content-type': 'application/json',
              'lambda-runtime-aws-request-id': id,
              'lambda-runtime-deadline-ms': Date.now() + timeoutMs,
              'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:111111111111:function:victim',
              'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1',
            })
            .end(JSON.stringify(event));
        });
        handOut();
      });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Pick<Answered, 'body' | 'chunks'>> {
  const chunks: { at: number; text: string }[] = [];
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => chunks.push({ at: performance.now(), text: chunk }));
  return { body: await text(request), chunks };
}

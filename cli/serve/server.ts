import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '#aws/clients/transport.ts';
import { dynamoDbApi } from './dynamodb-api.ts';
import { httpApi } from './http-api.ts';
import { type HttpRequest, readRequest, write } from './http-message.ts';
import { invokeApi, maxPayloadBytes } from './invoke-api.ts';
import { isLocal } from './local-only.ts';
import { notImplemented } from './not-implemented.ts';
import { queryApi, type ServedStack } from './query-api.ts';
import type { ServedFunction } from './served-function.ts';

export interface Serving {
  /** `http://127.0.0.1:4577`. */
  readonly url: string;
  /** Stops accepting requests, finishes those in progress, and then resolves. */
  close(): Promise<void>;
}

/** How long a client that stopped sending or reading can delay the shutdown. */
const closeTimeoutMs = 5_000;

/** Serves the function and the AWS calls of the command line, only on 127.0.0.1. Rejects with Node's error if the port is unavailable. */
export async function startServer(parts: {
  readonly port: number;
  readonly stack: ServedStack;
  readonly invoke: ServedFunction;
  /** The sandbox's. */
  readonly transport: Transport;
}): Promise<Serving> {
  const { port, stack, invoke, transport } = parts;
  const { master } = stack;
  let closing = false;
  const answerTo = async (request: HttpRequest): Promise<Response> =>
    (await invokeApi(request, master, invoke)) ??
    (await httpApi(request, invoke)) ??
    (await dynamoDbApi(request, master, transport)) ??
    queryApi(request, stack) ??
    notImplemented(request);

  const server = createServer((incoming, response) => {
    const answered = isLocal(incoming.headers)
      ? readRequest(incoming, maxPayloadBytes).then(answerTo)
      : Promise.resolve(refusal(403, 'Only requests from and to this machine are allowed'));
    void answered
      .catch((error: Error) => refusal(500, error.message))
      .then((answer) => {
        // A keep-alive connection would delay the shutdown.
        if (closing) response.shouldKeepAlive = false;
        return write(response, answer);
      });
  });
  await listening(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      const force = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
      await closed;
      clearTimeout(force);
    },
  };
}

function refusal(status: number, message: string): Response {
  return Response.json({ message }, { status });
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

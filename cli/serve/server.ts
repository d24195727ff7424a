import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '#aws/clients/transport.ts';
import type { Clock } from '#core/ports/clock.ts';
import { dynamoDbApi } from './dynamodb-api.ts';
import { httpApi } from './http-api.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer, readRequest, write } from './http-message.ts';
import { invokeApi, maxPayloadBytes } from './invoke-api.ts';
import { isLocal } from './local-only.ts';
import { notImplemented } from './not-implemented.ts';
import { queryApi, type ServedStack } from './query-api.ts';
import type { ServedFunction } from './served-function.ts';

export interface Serving {
  /** `http://127.0.0.1:4577`. */
  readonly url: string;
  /** Takes nothing new, answers what it has taken, and resolves when all is done. */
  close(): Promise<void>;
}

/** A client that has stopped sending, or reading, does not hold up the end for longer. */
const closeTimeoutMs = 5_000;

/** Serves the function, and what the command line asks of AWS besides, on 127.0.0.1 alone. Rejects with Node's error when the port cannot be had. */
export async function startServer(parts: {
  readonly port: number;
  readonly stack: ServedStack;
  readonly invoke: ServedFunction;
  /** The sandbox's. */
  readonly transport: Transport;
  readonly clock: Clock;
}): Promise<Serving> {
  const { port, stack, invoke, transport, clock } = parts;
  const { master } = stack;
  let closing = false;
  const running = new Set<Promise<unknown>>();
  const later = (run: Promise<unknown>) => {
    running.add(run);
    void run.finally(() => running.delete(run));
  };
  const answerTo = async (request: HttpRequest): Promise<HttpAnswer> =>
    (await invokeApi(request, master, invoke, later)) ??
    (await httpApi(request, master, invoke, clock.now())) ??
    (await dynamoDbApi(request, master, transport)) ??
    queryApi(request, stack) ??
    notImplemented(request);

  const server = createServer((incoming, response) => {
    const answered = isLocal(incoming.headers)
      ? readRequest(incoming, maxPayloadBytes).then(answerTo)
      : Promise.resolve(jsonAnswer(403, { message: 'Only requests from and to this machine are answered' }));
    later(
      answered
        .catch((error: Error) => jsonAnswer(500, { message: error.message }))
        .then((answer) => {
          // A connection kept alive would hold up the end.
          if (closing) response.shouldKeepAlive = false;
          write(response, answer);
        }),
    );
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
      await Promise.allSettled(running);
    },
  };
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

import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** What Parameter Store answers: a parameter, an error, or a body as it is. */
export type Says =
  | { readonly value: string }
  | { readonly error: string }
  | { readonly text: string; readonly status: number };

/** GetParameter on loopback. */
export interface StubParameterStore extends AsyncDisposable {
  /** For `AWS_ENDPOINT_URL_SSM`. */
  readonly url: string;
  /** A promise keeps whoever asks waiting. */
  says: Says | Promise<Says>;
  /** The names that were asked for. */
  readonly asked: readonly string[];
  /** Resolves when the next one asks. */
  question(): Promise<void>;
  /** Resolves when the next answer has been given, and its connection is closed. */
  answered(): Promise<void>;
}

export async function startStubParameterStore(): Promise<StubParameterStore> {
  const asked: string[] = [];
  let question = Promise.withResolvers<void>();
  let answered = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    text(request)
      .then(async (body) => {
        asked.push(JSON.parse(body).Name);
        question.resolve();
        question = Promise.withResolvers();
        const says = await store.says;
        if ('text' in says) response.writeHead(says.status).end(says.text);
        else if ('error' in says) response.writeHead(400).end(JSON.stringify({ __type: says.error }));
        else
          response.end(
            JSON.stringify({ Parameter: { Name: asked.at(-1), Type: 'String', Value: says.value } }),
          );
      })
      .catch(() => response.destroy());
    // The client closes its end when it has read all.
    request.socket.on('close', () => {
      answered.resolve();
      answered = Promise.withResolvers();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const store: StubParameterStore = {
    url: `http://127.0.0.1:${address.port}`,
    says: { value: '{}' },
    asked,
    question: () => question.promise,
    answered: () => answered.promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}

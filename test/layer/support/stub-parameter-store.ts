import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** What Parameter Store answers. `text` is a body as it is. */
export type Says =
  | { readonly value: string }
  | { readonly error: string }
  | { readonly text: string; readonly status: number };

/** GetParameter on loopback. */
export interface StubParameterStore extends AsyncDisposable {
  /** For `AWS_ENDPOINT_URL_SSM`. */
  readonly url: string;
  says: Says;
  /** The names that were asked for. */
  readonly asked: readonly string[];
  /** Resolves when that many reads have been answered from now on, and their connections are closed. */
  answered(reads: number): Promise<void>;
}

export async function startStubParameterStore(): Promise<StubParameterStore> {
  const asked: string[] = [];
  const listeners = new Set<() => void>();
  const server = createServer((request, response) => {
    text(request)
      .then((body) => {
        asked.push(JSON.parse(body).Name);
        const { says } = store;
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
      for (const listener of listeners) listener();
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
    answered: (reads) =>
      new Promise((resolve) => {
        let left = reads;
        const listener = () => {
          left -= 1;
          if (left > 0) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}

import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';

/** A message as it reached the server. */
export interface Received {
  readonly method: string | undefined;
  /** Host and path of the webhook that the message was meant for. */
  readonly webhook: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WebhookServer extends AsyncDisposable {
  readonly received: readonly Received[];
  /** Node's own fetch, but that connections to any https host end at this server. */
  readonly fetch: typeof fetch;
}

/**
 * A real HTTP server on 127.0.0.1 in the place of Slack and Teams. `answer` says what it answers to a webhook's n-th message,
 * counted from 1; `hang` leaves the message unanswered, and lets the time limit of that attempt pass. Time limits pass for
 * nothing else: a machine that is slow is no webhook that hangs.
 */
export async function startWebhookServer(
  answer: (webhook: string, nth: number) => Answer | 'hang',
): Promise<WebhookServer> {
  // As it is now: a test may put ours in its place.
  const network = fetch;
  const received: Received[] = [];
  const limits = new Map<string, AbortController>();
  const listener: RequestListener = async (request, response) => {
    const webhook = `${request.headers['x-meant-for']}${request.url}`;
    received.push({ method: request.method, webhook, headers: request.headers, body: await text(request) });
    const reply = answer(webhook, received.filter((one) => one.webhook === webhook).length);
    if (reply === 'hang') {
      limits.get(String(request.headers['x-attempt']))?.abort();
      return;
    }
    response.writeHead(reply.status, reply.headers).end(reply.body);
  };
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    received,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.protocol !== 'https:') throw new Error(`a webhook over ${url.protocol}`);
      const attempt = String(limits.size);
      const limit = new AbortController();
      limits.set(attempt, limit);
      return network(`http://127.0.0.1:${address.port}${url.pathname}${url.search}`, {
        ...init,
        ...(init?.signal && { signal: limit.signal }),
        headers: { ...init?.headers, 'x-meant-for': url.host, 'x-attempt': attempt },
      });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

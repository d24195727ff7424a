import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A complete request. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower case. */
  readonly headers: IncomingHttpHeaders;
  /** Undefined if it is longer than allowed. */
  readonly body: Buffer | undefined;
}

export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<HttpRequest> {
  const { method = '', headers } = request;
  const { pathname, searchParams } = new URL(`http://127.0.0.1${request.url ?? '/'}`);
  // Reads to the end even if it is too long: a client that is still sending does not read the answer.
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  const body = bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
  return { method, headers, path: pathname, query: searchParams, body };
}

export async function write(response: ServerResponse, answer: Response): Promise<void> {
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  response.end(Buffer.from(await answer.arrayBuffer()));
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A request, read whole. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower case. */
  readonly headers: IncomingHttpHeaders;
  /** Undefined where it is longer than was allowed. */
  readonly body: Buffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<HttpRequest> {
  const { method = '', headers } = request;
  const { pathname, searchParams } = new URL(`http://127.0.0.1${request.url ?? '/'}`);
  return { method, headers, path: pathname, query: searchParams, body: await readBody(request, maxBytes) };
}

/** Reads to the end even what is too long: a client that is still sending does not read its answer. */
async function readBody(request: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}

export function write(response: ServerResponse, { status, headers = {}, body = '' }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

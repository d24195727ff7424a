import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What is read of a body. */
export const mostBytes = 1_048_576;

export interface Request {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly agent: Agent;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The body goes on. */
  readonly isCut: boolean;
}

/** What became of a connection, by Node's code: `ECONNRESET`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code: string;
  /** Nothing came at all, on a connection that had served before: its server may have closed it in between. */
  readonly onKept: boolean;

  constructor(error: unknown, onKept: boolean) {
    const { code = 'EPROTO', message } = Object(error);
    super(message, { cause: error });
    this.code = code;
    this.onKept = onKept;
  }
}

/** One request and its answer to the end, or its first megabyte. Follows no redirect. Throws `NoAnswer`. */
export async function exchange({ url, body, ...how }: Request, over: AbortSignal): Promise<Answer> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { ...how, signal: over });
  let isAnswered = false;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.on('error', reject);
      request.end(body);
    });
    isAnswered = true;
    const { statusCode: status = 0 } = response;
    return { status, ...(await firstOf(response)) };
  } catch (error) {
    throw new NoAnswer(error, request.reusedSocket && !isAnswered);
  }
}

/** Whoever reads less than all of a body has its connection closed. */
async function firstOf(response: IncomingMessage): Promise<Omit<Answer, 'status'>> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part);
    bytes += part.length;
    if (bytes > mostBytes) break;
  }
  return { body: Buffer.concat(parts), isCut: bytes > mostBytes };
}

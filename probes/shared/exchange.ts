import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type FirstOfBody, firstOf } from './first-of-body.ts';

export interface Request {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly agent: Agent;
}

export interface Answer extends FirstOfBody {
  readonly status: number;
}

/** What became of a connection, by Node's code: `ECONNRESET`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code: string;

  constructor(error: unknown) {
    const { code = 'EPROTO', message } = Object(error);
    super(message, { cause: error });
    this.code = code;
  }
}

/** One request, asked once, and its answer to the end, or its first megabyte. Follows no redirect. Throws `NoAnswer`. */
export async function exchange({ url, body, ...how }: Request, over: AbortSignal): Promise<Answer> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { ...how, signal: over });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.on('error', reject);
      request.end(body);
    });
    const { statusCode: status = 0 } = response;
    return { status, ...(await firstOf(response)) };
  } catch (error) {
    throw new NoAnswer(error);
  }
}

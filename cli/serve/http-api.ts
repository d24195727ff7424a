import { randomUUID } from 'node:crypto';
import type { Config } from '#core/config.ts';
import type { HttpRequest } from './http-message.ts';
import type { ServedFunction } from './served-function.ts';

/** Bodies of these types reach the function as text, all others in base64. */
const textual = /^(text\/|application\/(json|javascript|xml)\b)/;

/**
 * The deployed HTTP API, `POST /runs`, as its integration calls the function and returns its answer. Requests need no signature
 * here. Undefined for any other path.
 */
export async function httpApi(
  request: HttpRequest,
  master: Config['master'],
  invoke: ServedFunction,
  now: number,
): Promise<Response | undefined> {
  if (request.path !== '/runs') return undefined;
  if (request.method !== 'POST') return Response.json({ message: 'Not Found' }, { status: 404 });
  if (request.body === undefined) return Response.json({ message: 'Request Too Long' }, { status: 413 });

  const outcome = await invoke(eventOf(request, request.body, master, now));
  if (!('answer' in outcome) || !('statusCode' in outcome.answer)) {
    return Response.json({ message: 'Internal Server Error' }, { status: 500 });
  }
  const { statusCode, headers, body } = outcome.answer;
  return new Response(body, { status: statusCode, headers });
}

/** Payload format 2.0. Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs". */
function eventOf(
  { method, path, headers }: HttpRequest,
  body: Buffer,
  { account }: Config['master'],
  now: number,
) {
  const isText = textual.test(headers['content-type'] ?? 'text/plain');
  const routeKey = `${method} ${path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: account,
      apiId: 'sandbox',
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

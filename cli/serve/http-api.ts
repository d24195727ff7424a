import type { HttpRequest } from './http-message.ts';
import type { ServedFunction } from './served-function.ts';

/**
 * The deployed HTTP API, `POST /runs`: invokes the function and returns its answer as API Gateway's integration does. Requests need no
 * signature here. Undefined for any other path.
 */
export async function httpApi(
  { method, path, body }: HttpRequest,
  invoke: ServedFunction,
): Promise<Response | undefined> {
  if (path !== '/runs') return undefined;
  if (method !== 'POST') return Response.json({ message: 'Not Found' }, { status: 404 });
  if (body === undefined) return Response.json({ message: 'Request Too Long' }, { status: 413 });

  // The part of payload format 2.0 that the function reads. Source: API Gateway Developer Guide, "Create AWS Lambda proxy
  // integrations for HTTP APIs".
  const outcome = await invoke({
    version: '2.0',
    requestContext: { http: { method, path } },
    body: body.toString('base64'),
    isBase64Encoded: true,
  });
  if (!('answer' in outcome) || !('statusCode' in outcome.answer)) {
    return Response.json({ message: 'Internal Server Error' }, { status: 500 });
  }
  const { statusCode: status, headers, body: answer } = outcome.answer;
  return new Response(answer, { status, headers });
}

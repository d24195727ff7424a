import type { Config } from '#core/config/config.ts';
import { partitionOf } from '#core/model/aws-names.ts';
import { monkeyName } from '#lib/outputs.ts';
import { credentialScope } from './credential-scope.ts';
import type { HttpRequest } from './http-message.ts';
import type { Outcome, ServedFunction } from './served-function.ts';

/** What Lambda accepts and returns, in bytes. */
export const maxPayloadBytes = 6 * 1024 * 1024;

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/**
 * Lambda's synchronous Invoke API for the only function, by its name, its partial ARN or its ARN. Undefined for a path that is not part
 * of this API.
 */
export async function invokeApi(
  request: HttpRequest,
  master: Config['master'],
  invoke: ServedFunction,
): Promise<Response | undefined> {
  const encoded = invocations.exec(request.path)?.[1];
  if (encoded === undefined || request.method !== 'POST') return undefined;
  const name = decode(encoded);
  // A request signed for another region means a function there.
  const { region = master.region } = credentialScope(request);
  const qualifier = request.query.get('Qualifier') ?? '$LATEST';
  if (!namesOfMonkey(master).includes(name) || qualifier !== '$LATEST' || region !== master.region) {
    const text = `Function not found: ${name}:${qualifier} in ${region}. Only ${monkeyName} in ${master.region} exists here.`;
    return refusal(404, 'ResourceNotFoundException', text);
  }
  if (request.body === undefined) {
    const text = `Request must be smaller than ${maxPayloadBytes} bytes for the InvokeFunction operation`;
    return refusal(413, 'RequestTooLargeException', text);
  }
  for (const [header, implemented] of [
    ['x-amz-invocation-type', 'RequestResponse'],
    ['x-amz-log-type', 'None'],
  ] as const) {
    const value = request.headers[header] ?? implemented;
    if (value === implemented) continue;
    return refusal(400, 'NotImplemented', `npm run serve does not implement ${header} ${value} of Invoke`);
  }

  let event: unknown;
  try {
    event = request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    const text = `Could not parse request body into json: ${error instanceof Error ? error.message : error}`;
    return refusal(400, 'InvalidRequestContentException', text);
  }
  return toResponse(await invoke(event));
}

/** Every form of its name that Lambda accepts. Source: Lambda API reference, Invoke, FunctionName. */
function namesOfMonkey({ account, region }: Config['master']): readonly string[] {
  const partial = `${account}:function:${monkeyName}`;
  return [monkeyName, partial, `arn:${partitionOf(region)}:lambda:${region}:${partial}`];
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function toResponse(outcome: Outcome): Response {
  const headers = { 'x-amz-executed-version': '$LATEST' };
  if ('answer' in outcome) return Response.json(outcome.answer, { headers });
  const { name, message, stack = '' } = outcome.error;
  return Response.json(
    { errorType: name, errorMessage: message, trace: stack.split('\n') },
    { headers: { ...headers, 'x-amz-function-error': 'Unhandled' } },
  );
}

function refusal(status: number, type: string, message: string): Response {
  return Response.json({ Type: 'User', message }, { status, headers: { 'x-amzn-errortype': type } });
}

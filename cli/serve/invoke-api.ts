import type { Config } from '#core/config/config.ts';
import { monkeyName } from '#lib/outputs.ts';
import { credentialScope } from './credential-scope.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-message.ts';
import type { Invoked, ServedFunction } from './served-function.ts';

/** What Lambda takes and answers, in bytes. */
export const maxPayloadBytes = 6 * 1024 * 1024;
/** What of the log goes into the answer, in bytes. */
const logTailBytes = 4_096;

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
/** A name, a partial ARN or an ARN, each with a qualifier or without. Source: Lambda API reference, Invoke. */
const nameForms =
  /^(?:(?:arn:aws[\w-]*:lambda:(?<region>[\w-]+):)?(?<account>\d{12}):function:)?(?<name>[\w-]+)(?::(?<qualifier>[\w$-]+))?$/;

/**
 * Lambda's Invoke API for the one function there is, as far as clients can tell. Undefined for a path that is not of this API.
 * `later` is given the runs that nobody waits for.
 */
export async function invokeApi(
  request: HttpRequest,
  master: Config['master'],
  invoke: ServedFunction,
  later: (run: Promise<unknown>) => void,
): Promise<HttpAnswer | undefined> {
  const encoded = invocations.exec(request.path)?.[1];
  if (encoded === undefined || request.method !== 'POST') return undefined;
  // Whoever signs for another region asks there.
  const { region } = credentialScope(request);
  const missing = whatIsMissing(encoded, { qualifier: request.query.get('Qualifier'), region }, master);
  if (missing !== undefined) return refusal(404, 'ResourceNotFoundException', missing);
  if (request.body === undefined) {
    const text = `Request must be smaller than ${maxPayloadBytes} bytes for the InvokeFunction operation`;
    return refusal(413, 'RequestTooLargeException', text);
  }

  let event: unknown;
  try {
    event = request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    const text = `Could not parse request body into json: ${error instanceof Error ? error.message : error}`;
    return refusal(400, 'InvalidRequestContentException', text);
  }
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    later(invoke(event));
    return { status: 202 };
  }
  if (type !== 'RequestResponse') {
    return refusal(400, 'InvalidParameterValueException', `Unknown invocation type: ${type}`);
  }
  return answerOf(await invoke(event), request.headers['x-amz-log-type'] === 'Tail');
}

/** What is asked for and not here, in Lambda's words; undefined for the function itself. */
function whatIsMissing(
  encoded: string,
  { qualifier, region }: { readonly qualifier: string | null; readonly region: string | undefined },
  master: Config['master'],
): string | undefined {
  const name = decoded(encoded);
  const form = nameForms.exec(name)?.groups;
  const isHere =
    form?.name === monkeyName &&
    (form.account ?? master.account) === master.account &&
    [form.region, region].every((one) => (one ?? master.region) === master.region) &&
    [form.qualifier, qualifier].every((one) => (one ?? '$LATEST') === '$LATEST');
  const asked = qualifier === null ? name : `${name}:${qualifier}`;
  return isHere ? undefined : `Function not found: ${asked}. Only ${monkeyName} in ${master.region} is here.`;
}

function answerOf({ requestId, outcome, log }: Invoked, withLog: boolean): HttpAnswer {
  const headers = {
    'x-amzn-requestid': requestId,
    'x-amz-executed-version': '$LATEST',
    ...(withLog && { 'x-amz-log-result': Buffer.from(log).subarray(-logTailBytes).toString('base64') }),
  };
  if ('answer' in outcome) return jsonAnswer(200, outcome.answer, headers);
  const { name, message, stack = '' } = outcome.error;
  return jsonAnswer(
    200,
    { errorType: name, errorMessage: message, trace: stack.split('\n') },
    { ...headers, 'x-amz-function-error': 'Unhandled' },
  );
}

function refusal(status: number, type: string, message: string): HttpAnswer {
  return jsonAnswer(status, { Type: 'User', message }, { 'x-amzn-errortype': type });
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

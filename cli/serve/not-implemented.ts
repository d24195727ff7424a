import { credentialScope } from './credential-scope.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-message.ts';
import { xmlText } from './xml.ts';

const code = 'NotImplemented';
const implemented =
  'It answers Lambda Invoke of chaos_monkey, POST /runs, STS GetCallerIdentity, CloudFormation DescribeStacks and the DynamoDB calls of the ledger.';

/** For whatever nobody here answers, in the form in which clients of that service read errors. */
export function notImplemented(request: HttpRequest): HttpAnswer {
  const { service } = credentialScope(request);
  const asked = `${operationOf(request)}${service === undefined ? '' : ` of ${service}`}`;
  const message = `npm run serve does not implement ${asked}. ${implemented}`;
  if (!isXml(request)) {
    // A path that no service was meant by is simply not there.
    const isAws = service !== undefined || request.headers['x-amz-target'] !== undefined;
    return jsonAnswer(isAws ? 400 : 404, { __type: code, message }, { 'x-amzn-errortype': code });
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`;
  const wrapped: Readonly<Record<string, string>> = {
    s3: error,
    ec2: `<Response><Errors>${error}</Errors></Response>`,
  };
  const body = wrapped[service ?? ''] ?? `<ErrorResponse>${error}</ErrorResponse>`;
  return { status: 400, headers: { 'content-type': 'text/xml' }, body };
}

function operationOf({ method, path, headers, body }: HttpRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target;
  return queryAction(body) ?? `${method} ${path}`;
}

/** S3's protocol, and the query protocol: a form with an `Action`. */
function isXml(request: HttpRequest): boolean {
  return credentialScope(request).service === 's3' || queryAction(request.body) !== undefined;
}

/** What is asked for by the query protocol. */
export function queryAction(body: Buffer | undefined): string | undefined {
  const text = body?.toString('utf8') ?? '';
  return text.startsWith('{') ? undefined : (new URLSearchParams(text).get('Action') ?? undefined);
}

import { credentialScope } from './credential-scope.ts';
import type { HttpRequest } from './http-message.ts';
import { queryAction, xml, xmlText } from './query-protocol.ts';

const code = 'NotImplemented';
const implemented =
  'It implements Lambda Invoke of chaos_monkey, POST /runs, STS GetCallerIdentity, CloudFormation DescribeStacks and the DynamoDB calls of the ledger.';

/** The answer to anything else, as an error in the service's own format. */
export function notImplemented(request: HttpRequest): Response {
  const { service } = credentialScope(request);
  const asked = `${getOperation(request)}${service === undefined ? '' : ` of ${service}`}`;
  const message = `npm run serve does not implement ${asked}. ${implemented}`;
  if (!isXml(request)) {
    // A path that belongs to no service is simply not found.
    const isAws = service !== undefined || request.headers['x-amz-target'] !== undefined;
    return Response.json(
      { __type: code, message },
      { status: isAws ? 400 : 404, headers: { 'x-amzn-errortype': code } },
    );
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`;
  const wrapped: Readonly<Record<string, string>> = {
    s3: error,
    ec2: `<Response><Errors>${error}</Errors></Response>`,
  };
  return xml(400, wrapped[service ?? ''] ?? `<ErrorResponse>${error}</ErrorResponse>`);
}

function getOperation({ method, path, headers, body }: HttpRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target;
  return queryAction(body) ?? `${method} ${path}`;
}

/** S3's protocol, and the query protocol: a form with an `Action`. */
function isXml(request: HttpRequest): boolean {
  return credentialScope(request).service === 's3' || queryAction(request.body) !== undefined;
}

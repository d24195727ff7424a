import type { Transport } from '#aws/clients/transport.ts';
import type { Config } from '#core/config/config.ts';
import { credentialScope } from './credential-scope.ts';
import type { HttpRequest } from './http-message.ts';

const target = /^DynamoDB_20120810\.([A-Za-z]+)$/;

/**
 * DynamoDB's JSON protocol for the sandbox's tables, as far as the sandbox implements it: enough for `stop`, `status` and `veto`.
 * Undefined for a request to another service.
 */
export async function dynamoDbApi(
  request: HttpRequest,
  { region }: Config['master'],
  transport: Transport,
): Promise<Response | undefined> {
  const operation = target.exec(String(request.headers['x-amz-target'] ?? ''))?.[1];
  if (operation === undefined || request.method !== 'POST') return undefined;
  try {
    const output = await transport({
      client: 'DynamoDBClient',
      command: `${operation}Command`,
      input: parseInput(request.body),
      region: credentialScope(request).region ?? region,
      credentials: undefined,
    });
    return answer(200, output);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message } = error;
    const name = error instanceof SyntaxError ? 'SerializationException' : error.name;
    const reasons = 'CancellationReasons' in error && { CancellationReasons: error.CancellationReasons };
    return answer(400, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...reasons });
  }
}

/** Binary attributes are base64 in JSON but bytes in the SDK. */
function parseInput(body: Buffer | undefined): object {
  return JSON.parse(body?.toString('utf8') || '{}', (key, value: unknown) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}

function answer(status: number, output: object): Response {
  const body = JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    // `value` is already the result of `toJSON`, which turns a Buffer into an object.
    const bytes = this[key];
    return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
  });
  return new Response(body, { status, headers: { 'content-type': 'application/x-amz-json-1.0' } });
}

import type { InvocationResponse } from '@aws-sdk/client-lambda';
import type { AwsCredentialIdentity } from '@smithy/types';
import { codeOf } from '#core/util/error-text.ts';
import type { HttpApi } from '#sandbox/api-gateway/http-api.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';
import { shopFunctions } from './shop-functions.ts';

interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * The shop's HTTP API on loopback. It invokes functions by the sandbox's Lambda, so that what was done to those, such as a reserved
 * concurrency of 0, is felt here; and so is what was done to the API. `as`: a role of the account.
 */
export function serveHttpApi(
  { transport }: Pick<Sandbox, 'transport'>,
  api: HttpApi,
  { region, as }: { readonly region: string; readonly as: AwsCredentialIdentity },
): Promise<LoopbackServer> {
  const invoke = async (name: string, event: object): Promise<Answer> => {
    const { FunctionError, Payload }: InvocationResponse = await transport({
      client: 'LambdaClient',
      command: 'InvokeCommand',
      input: { FunctionName: name, Payload: JSON.stringify(event) },
      region,
      credentials: as,
    });
    if (FunctionError !== undefined) return gatewayError(500, 'Internal Server Error');
    return JSON.parse(Buffer.from(Payload ?? '{}').toString());
  };
  const answer = async (method: string, path: string): Promise<Answer> => {
    const route = shopFunctions.find((one) => one.method === method && one.path.test(path));
    if (route === undefined) return gatewayError(404, 'Not Found');
    const pathParameters = { ...route.path.exec(path)?.groups };
    // The part of payload format 2.0 that the functions read.
    const event = {
      version: '2.0',
      rawPath: path,
      pathParameters,
      requestContext: { http: { method, path } },
    };
    return invoke(route.name, event).catch((error: unknown) => {
      if (codeOf(error) !== 'TooManyRequestsException') throw error;
      return gatewayError(503, 'Service Unavailable');
    });
  };
  return listenOnLoopback(({ method = '', url = '', headers: { origin } }, response) => {
    answer(method, url)
      .then(({ statusCode, headers, body }) => {
        response.writeHead(statusCode, { ...headers, ...corsHeaders(api, origin) }).end(body);
      })
      .catch(() => response.destroy());
  });
}

/** Source: API Gateway Developer Guide, "Configure CORS for HTTP APIs". Nothing here is so unusual that browsers ask beforehand. */
function corsHeaders(api: HttpApi, origin: string | undefined): Readonly<Record<string, string>> {
  const { AllowOrigins = [] } = api.corsInEffect('$default', Date.now()) ?? {};
  const isAllowed = origin !== undefined && (AllowOrigins.includes(origin) || AllowOrigins.includes('*'));
  return isAllowed ? { 'access-control-allow-origin': origin } : {};
}

/** Of the API itself, rather than of a function. */
function gatewayError(statusCode: number, message: string): Answer {
  const headers = { 'content-type': 'application/json' };
  return { statusCode, headers, body: JSON.stringify({ message }) };
}

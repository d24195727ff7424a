import { text } from 'node:stream/consumers';
import type { Transport } from '#aws/clients/transport.ts';
import type { Region } from '#sandbox/state/region.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';

/** The SDK's clients by what their services call themselves in AWS's JSON protocols. */
const clients: Readonly<Record<string, string>> = {
  AmazonSSM: 'SSMClient',
  DynamoDB_20120810: 'DynamoDBClient',
};

/**
 * AWS on loopback, as far as the shop's functions ask it: Parameter Store and DynamoDB, out of the sandbox. It knows callers by their
 * access keys, and checks no signature.
 */
export function serveAws(transport: Transport, { name: region }: Region): Promise<LoopbackServer> {
  const answer = async (target: string, authorization: string, body: string): Promise<object> => {
    const [service = '', operation = ''] = target.split('.');
    const [, accessKeyId = ''] = /Credential=([^/]+)\//.exec(authorization) ?? [];
    return transport({
      client: clients[service] ?? service,
      command: `${operation}Command`,
      input: JSON.parse(body),
      region,
      credentials: { accessKeyId, secretAccessKey: '' },
    });
  };
  return listenOnLoopback((request, response) => {
    const { 'x-amz-target': target = '', authorization = '' } = request.headers;
    text(request)
      .then((body) => answer(String(target), authorization, body))
      .then(
        (output) => ({ status: 200, output }),
        (error: Error) => ({ status: 400, output: { __type: error.name, message: error.message } }),
      )
      .then(({ status, output }) => {
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(output));
      })
      .catch(() => response.destroy());
  });
}

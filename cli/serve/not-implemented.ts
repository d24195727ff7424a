import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http-message.ts';

const implemented =
  'It answers Lambda Invoke of chaos_monkey, POST /runs, the DynamoDB calls of the ledger, CloudFormation DescribeStacks and STS GetCallerIdentity.';

/** For whatever nobody here answers: in JSON, which the SDK reads for every protocol but the query one. */
export function notImplemented({ method, path, headers }: HttpRequest): HttpAnswer {
  const asked = headers['x-amz-target'] ?? `${method} ${path}`;
  const message = `npm run serve does not implement ${asked}. ${implemented}`;
  return jsonAnswer(404, { __type: 'NotImplemented', message }, { 'x-amzn-errortype': 'NotImplemented' });
}

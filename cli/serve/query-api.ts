import { randomUUID } from 'node:crypto';
import type { Config } from '#core/config/config.ts';
import { partitionOf } from '#core/model/aws-names.ts';
import { stackName } from '#lib/outputs.ts';
import { credentialScope } from './credential-scope.ts';
import type { HttpRequest } from './http-message.ts';
import { queryAction, xml, xmlText } from './query-protocol.ts';

/** The deployment that the server presents to the command line. */
export interface ServedStack {
  readonly master: Config['master'];
  /** Values by key. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * The calls that the command line makes in AWS's query protocol: whose credentials these are (here always the master account's), and the
 * stack's outputs. Undefined for anything else.
 */
export function queryApi(request: HttpRequest, stack: ServedStack): Response | undefined {
  if (request.path !== '/' || request.method !== 'POST') return undefined;
  switch (queryAction(request.body)) {
    case 'GetCallerIdentity':
      return callerIdentity(stack.master);
    case 'DescribeStacks':
      return describeStacks(request, stack);
    default:
      return undefined;
  }
}

function callerIdentity({ account, region }: Config['master']): Response {
  const arn = `arn:${partitionOf(region)}:sts::${account}:assumed-role/anybody/here`;
  return result(
    'GetCallerIdentity',
    'https://sts.amazonaws.com/doc/2011-06-15/',
    `<Arn>${arn}</Arn><UserId>anybody:here</UserId><Account>${account}</Account>`,
  );
}

function describeStacks(request: HttpRequest, { master, outputs }: ServedStack): Response {
  const { region = master.region } = credentialScope(request);
  const name = new URLSearchParams(request.body?.toString('utf8')).get('StackName') ?? stackName;
  if (name !== stackName || region !== master.region) {
    const error = `<Code>ValidationError</Code><Message>Stack with id ${xmlText(name)} does not exist</Message>`;
    return xml(400, `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`);
  }
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${xmlText(value)}</OutputValue></member>`,
  );
  return result(
    'DescribeStacks',
    'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    `<Stacks><member><StackName>${stackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>` +
      `<Outputs>${members.join('')}</Outputs></member></Stacks>`,
  );
}

function result(action: string, namespace: string, content: string): Response {
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  return xml(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${content}</${action}Result>${metadata}</${action}Response>`,
  );
}

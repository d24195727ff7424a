import { randomUUID } from 'node:crypto';
import { partitionOf } from '#core/aws-names.ts';
import type { Config } from '#core/config.ts';
import { stackName } from '#lib/outputs.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import { signedRegion } from './signed-region.ts';

/** What the served deployment is, to the services that the command line asks for it. */
export interface ServedStack {
  readonly master: Config['master'];
  /** Keys and values. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * AWS's query protocol, as far as the command line asks by it where the monkey is: whose the credentials are, here everybody's are
 * the master account's, and what the stack has put up. Undefined for a request of another protocol.
 */
export function queryApi(request: HttpRequest, stack: ServedStack): HttpAnswer | undefined {
  const asked = new URLSearchParams(request.body?.toString('utf8'));
  const action = asked.get('Action');
  if (request.path !== '/' || request.method !== 'POST' || action === null) return undefined;
  const { account, region } = stack.master;
  switch (action) {
    case 'GetCallerIdentity': {
      const arn = `arn:${partitionOf(region)}:sts::${account}:assumed-role/anybody/here`;
      return result(
        action,
        'https://sts.amazonaws.com/doc/2011-06-15/',
        `<Arn>${arn}</Arn><UserId>anybody:here</UserId><Account>${account}</Account>`,
      );
    }
    case 'DescribeStacks': {
      const name = asked.get('StackName') ?? stackName;
      const isHere = name === stackName && (signedRegion(request) ?? region) === region;
      if (!isHere) return error('ValidationError', `Stack with id ${name} does not exist`);
      return result(action, 'http://cloudformation.amazonaws.com/doc/2010-05-15/', stackXml(stack));
    }
    default:
      return error(
        'NotImplemented',
        `npm run serve does not implement ${action}. Of this protocol it answers GetCallerIdentity and DescribeStacks.`,
      );
  }
}

function stackXml({ outputs }: ServedStack): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${xml(key)}</OutputKey><OutputValue>${xml(value)}</OutputValue></member>`,
  );
  return (
    `<Stacks><member><StackName>${stackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>` +
    `<CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks>`
  );
}

function result(action: string, namespace: string, content: string): HttpAnswer {
  return answer(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${content}</${action}Result>${metadata()}</${action}Response>`,
  );
}

function error(code: string, message: string): HttpAnswer {
  const content = `<Type>Sender</Type><Code>${code}</Code><Message>${xml(message)}</Message>`;
  return answer(
    400,
    `<ErrorResponse><Error>${content}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

function metadata(): string {
  return `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
}

function answer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

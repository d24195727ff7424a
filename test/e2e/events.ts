import type { RunRequestInput } from '#core/config/run-request.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import type { LambdaContainer } from '../support/lambda-container.ts';
import type { MotoDeployment } from './moto-deployment.ts';

/** What EventBridge Scheduler starts the function with in a slot: the schedule's own input, its placeholder filled in. */
export async function scheduledEvent(deployment: MotoDeployment, slot: string): Promise<unknown> {
  const input = await scheduledInput(deployment, 'chaos-monkey');
  return JSON.parse(input.replaceAll('<aws.scheduler.scheduled-time>', slot));
}

/** What it lets the function look after strikes with. */
export async function verifyEvent(deployment: MotoDeployment): Promise<unknown> {
  return JSON.parse(await scheduledInput(deployment, 'chaos-monkey-verify'));
}

async function scheduledInput(deployment: MotoDeployment, name: string): Promise<string> {
  const schedule = Object.values(await deployment.resources()).find(
    ({ Type, Properties }) => Type === 'AWS::Scheduler::Schedule' && Properties.Name === name,
  );
  if (schedule === undefined) throw new Error(`the template has no schedule ${name}`);
  return (schedule.Properties.Target as { readonly Input: string }).Input;
}

/** A request as API Gateway hands it on, payload format 2.0. Source: API Gateway developer guide, "AWS Lambda integrations". */
export function apiEvent(body: string): object {
  return {
    version: '2.0',
    routeKey: 'POST /runs',
    rawPath: '/runs',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'abc123.execute-api.eu-west-1.amazonaws.com' },
    requestContext: {
      accountId: '111111111111',
      apiId: 'abc123',
      authorizer: { iam: { userArn: 'arn:aws:iam::111111111111:user/ann' } },
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      http: { method: 'POST', path: '/runs', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'POST /runs',
      stage: '$default',
      time: '23/Nov/2026:09:00:00 +0000',
      timeEpoch: 1_795_424_400_000,
    },
    body,
    isBase64Encoded: false,
  };
}

/** Invokes the monkey and reads its report. */
export async function reportOf(monkey: LambdaContainer, event: unknown): Promise<RunReport> {
  return parse(RunReport, await monkey.invoke(event), 'answer of chaos_monkey');
}

/** A live run of a slot of its own, asked for directly. */
export async function liveRun(deployment: MotoDeployment, request: RunRequestInput = {}): Promise<RunReport> {
  return reportOf(deployment.monkey(), { slot: deployment.slot(), dryRun: false, ...request });
}

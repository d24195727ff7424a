import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Region } from '#core/model/aws-names.ts';
import { messageOf } from '#core/util/error-text.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, fail, ok } from './finding.ts';

/** The deployed stack. */
export interface Stack {
  readonly table: string;
  readonly topic: string;
  /** When it was last deployed, epoch ms. */
  readonly since: number;
}

/** Finds the stack; undefined if it is missing or could not be checked. */
export async function checkStack(
  region: Region,
  { clients, patience: { callMs } }: Examination,
): Promise<{ readonly stack: Stack | undefined; readonly finding: Finding }> {
  const answer = await attempt('stack', callMs, (giveUp) =>
    clients(CloudFormationClient, { region, patienceMs: callMs }).send(
      new DescribeStacksCommand({ StackName: stackName }),
      { abortSignal: giveUp },
    ),
  );
  if ('error' in answer) {
    const isMissing = messageOf(answer.error).includes('does not exist');
    return { stack: undefined, finding: isMissing ? notThere(region) : answer.finding };
  }
  const [found] = answer.value.Stacks ?? [];
  if (found === undefined) return { stack: undefined, finding: notThere(region) };
  const { StackStatus = '', LastUpdatedTime, CreationTime, Outputs = [] } = found;
  const getOutput = (key: string) => Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const [table, topic] = [getOutput(outputs.table), getOutput(outputs.topic)];
  if (table === undefined || topic === undefined) {
    const text = `${stackName} in ${region} is ${StackStatus} and lacks a table or topic`;
    return { stack: undefined, finding: fail('stack', text, 'npx cdk deploy') };
  }
  return {
    stack: { table, topic, since: (LastUpdatedTime ?? CreationTime)?.getTime() ?? 0 },
    finding: ok('stack', `${stackName} in ${region}${StackStatus === '' ? '' : ` is ${StackStatus}`}`),
  };
}

function notThere(region: Region): Finding {
  return fail('stack', `there is no stack ${stackName} in ${region}`, 'npx cdk deploy');
}

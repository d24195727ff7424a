import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Clients } from '#aws/clients.ts';
import type { Region } from '#core/aws-names.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { awsTrouble } from './aws-trouble.ts';
import { CliError, exitCodes } from './cli-error.ts';

/** The name of the ledger's table, as an output of the stack in `region` has it. */
export async function findTable(region: Region, clients: Clients): Promise<string> {
  const table = (await stackOutputs(region, clients)).get(outputs.table);
  if (table === undefined) {
    throw new CliError(
      `The stack ${stackName} in ${region} has no output ${outputs.table}. Deploy it again: npx cdk deploy`,
      exitCodes.failed,
    );
  }
  return table;
}

async function stackOutputs(region: Region, clients: Clients) {
  try {
    const { Stacks = [] } = await clients(CloudFormationClient, { region }).send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return new Map(
      Stacks.flatMap(({ Outputs = [] }) => Outputs).map(({ OutputKey, OutputValue }) => [
        OutputKey,
        OutputValue,
      ]),
    );
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('does not exist')) {
      throw awsTrouble(error, `look for the stack ${stackName} in ${region}`);
    }
    throw new CliError(
      `There is no stack ${stackName} in ${region} of the account that your credentials are for.\n` +
        '  Use credentials of the master account, or deploy it: npx cdk deploy',
      exitCodes.failed,
      error,
    );
  }
}

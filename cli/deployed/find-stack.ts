import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import type { Region } from '#core/model/aws-names.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { NotFound } from '../context/not-found.ts';

/** What the stack's outputs say. */
export interface FoundStack {
  readonly tableName: string;
  /** Unparsed, as a stop does not need it. Undefined: missing. */
  readonly configuration: string | undefined;
  /** Where reports of experiments are. Undefined: experiments are not deployed. */
  readonly reportsBucket: string | undefined;
}

/** Reads the stack's outputs in `region`. */
export async function findStack(
  region: Region,
  clients: Clients,
  patience: Pick<ClientScope, 'patienceMs'> = {},
): Promise<FoundStack> {
  const found = await stackOutputs({ region, ...patience }, clients);
  const tableName = found.get(outputs.table);
  if (tableName === undefined) {
    throw new CliError(
      `The stack ${stackName} in ${region} has no output ${outputs.table}. Deploy it again: npx cdk deploy`,
      exitCodes.failed,
    );
  }
  return {
    tableName,
    configuration: found.get(outputs.configuration),
    reportsBucket: found.get(outputs.reports),
  };
}

/** Completes "Waiting for ...". */
export const stackWaitText = (region: Region) => `the stack in ${region} to name the ledger's table`;

async function stackOutputs(scope: ClientScope, clients: Clients) {
  const { region } = scope;
  try {
    const { Stacks = [] } = await clients(CloudFormationClient, scope).send(
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
      throw awsErrorMessage(error, `look for the stack ${stackName} in ${region}`);
    }
    throw new NotFound(
      'stack',
      `There is no stack ${stackName} in ${region}, in the account of your credentials.\n` +
        '  Use credentials of the master account, or deploy it: npx cdk deploy',
      exitCodes.failed,
      error,
    );
  }
}

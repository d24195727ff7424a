import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clients } from '#aws/clients.ts';
import { dynamoLedger } from '#aws/ledger.ts';
import { newSecret } from '#aws/world.ts';
import type { Region } from '#core/aws-names.ts';
import type { Ledger } from '#core/ports.ts';
import { type DeployedConfiguration, readConfiguration } from '#lib/deployed-configuration.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { awsTrouble } from './aws-trouble.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Surroundings } from './surroundings.ts';

/** What is deployed, as far as it was asked for. */
export interface Deployment {
  readonly ledger: Ledger;
  readonly tableName: string;
  /** As the stack describes it; undefined where the table was named, as the stack is not asked then, or where it says nothing. */
  readonly configuration: DeployedConfiguration | undefined;
}

/** The ledger of what is deployed in `region`. Its table is found through the stack's outputs, unless it is named. */
export async function deployedLedger(
  { region, tableName }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock }: Pick<Surroundings, 'clients' | 'clock'>,
): Promise<Deployment> {
  const found = tableName === undefined ? await findStack(region, clients) : { tableName };
  const client = clients(DynamoDBClient, { region });
  const ledger = dynamoLedger({ client, tableName: found.tableName, newSecret, clock });
  return { configuration: undefined, ...found, ledger };
}

async function findStack(region: Region, clients: Clients): Promise<Omit<Deployment, 'ledger'>> {
  const found = await stackOutputs(region, clients);
  const table = found.get(outputs.table);
  if (table === undefined) {
    throw new CliError(
      `The stack ${stackName} in ${region} has no output ${outputs.table}. Deploy it again: npx cdk deploy`,
      exitCodes.failed,
    );
  }
  return { tableName: table, configuration: readConfiguration(found.get(outputs.configuration)) };
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

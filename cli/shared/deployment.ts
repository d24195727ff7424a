import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clients } from '#aws/clients.ts';
import { dynamoLedger } from '#aws/ledger.ts';
import { newSecret } from '#aws/world.ts';
import type { Region } from '#core/aws-names.ts';
import type { Ledger } from '#core/ports.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { awsTrouble } from './aws-trouble.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Surroundings } from './surroundings.ts';

/** The ledger of what is deployed in `region`. Its table is found through the stack's outputs, unless it is named. */
export async function deployedLedger(
  { region, tableName }: { readonly region: Region; readonly tableName: string | undefined },
  { clients, clock }: Pick<Surroundings, 'clients' | 'clock'>,
): Promise<{ readonly ledger: Ledger; readonly tableName: string }> {
  const found = tableName ?? (await findTable(region, clients));
  const client = clients(DynamoDBClient, { region });
  return { ledger: dynamoLedger({ client, tableName: found, newSecret, clock }), tableName: found };
}

async function findTable(region: Region, clients: Clients): Promise<string> {
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

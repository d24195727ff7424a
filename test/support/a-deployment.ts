import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { type Config, parseConfig } from '#core/config/config.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { faults } from '#faults/registry.ts';
import { describeConfiguration } from '#lib/config/deployed-configuration.ts';
import { outputs, stackName } from '#lib/outputs.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { demonstrationFleet, onboard } from '#sandbox/scenario.ts';
import { monday } from './a-sandbox-world.ts';
import configInput from './cli-folder/chaos.config.ts';
import { DisruptableSandbox } from './disruptions.ts';

/** What the command line reads in its tests, unless told otherwise. */
export const cliConfig = parseConfig(configInput, faults);

/** A sandbox in which the stack has been deployed, as the CLI sees it; its credentials are those of the master account. */
export function aDeployment(
  config: Config = cliConfig,
  { janitor: deployedJanitor }: { readonly janitor?: string } = {},
): {
  readonly transport: Transport;
  readonly clock: VirtualClock;
  readonly ledger: Ledger & ExperimentLedger;
  readonly sandbox: DisruptableSandbox;
  /** By client and command, as they came: `STSClient GetCallerIdentityCommand`. */
  readonly calls: readonly string[];
} {
  const clock = new VirtualClock({ startsAt: monday, jumps: true });
  const { account, region } = config.master;
  const sandbox = new DisruptableSandbox({ clock, caller: { account, roleName: 'ops', sessionName: 'ann' } });
  const { table } = onboard(sandbox, config);
  demonstrationFleet(sandbox, config);
  const calls: string[] = [];
  const transport: Transport = async (call) => {
    calls.push(`${call.client} ${call.command}`);
    if (call.command === 'InvokeCommand') {
      const name = String(Object(call.input).FunctionName);
      if (name === deployedJanitor) return { StatusCode: 202 };
      throw Object.assign(new Error(`Function not found: ${name}`), { name: 'ResourceNotFoundException' });
    }
    if (call.client !== 'CloudFormationClient') return sandbox.transport(call);
    if (call.region !== region) {
      throw Object.assign(new Error(`Stack with id ${stackName} does not exist`), {
        name: 'ValidationError',
      });
    }
    return {
      Stacks: [
        {
          StackName: stackName,
          Outputs: [
            { OutputKey: outputs.role, OutputValue: 'arn:aws:iam::111111111111:role/chaos-monkey-master' },
            { OutputKey: outputs.table, OutputValue: table.name },
            { OutputKey: outputs.configuration, OutputValue: describeConfiguration(config) },
          ],
        },
      ],
    };
  };
  const client = makeClients({ clock, concurrency: 4, transport: sandbox.transport })(DynamoDBClient, {
    region,
  });
  const ledger = dynamoLedger({ client, tableName: table.name, newSecret: () => 'ab'.repeat(32), clock });
  return { transport, clock, ledger, sandbox, calls };
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { Table } from '#sandbox/dynamodb/table.ts';
import { DisruptableSandbox } from './disruptions.ts';

export interface LedgersOnSandbox {
  readonly sandbox: DisruptableSandbox;
  readonly clock: VirtualClock;
  readonly table: Table;
  /** One more ledger on the table: each stands for a process. */
  open(): Ledger & ExperimentLedger;
}

/** A table in the sandbox, on a clock that jumps. `between` may stand between the ledgers and the sandbox. */
export function ledgersOnSandbox(
  between: (transport: Transport, clock: Clock) => Transport = (transport) => transport,
): LedgersOnSandbox {
  const [account, region, tableName] = ['111111111111', 'eu-west-1', 'chaos-ledger'];
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const sandbox = new DisruptableSandbox({ clock, caller: { account, roleName: 'chaos-monkey' } });
  const table = sandbox.account(account).region(region).table({
    name: tableName,
    partitionKey: 'pk',
    sortKey: 'sk',
  });
  const clients = makeClients({ clock, concurrency: 16, transport: between(sandbox.transport, clock) });
  let secrets = 0;
  const newSecret = () => {
    secrets += 1;
    return secrets.toString(16).padStart(64, '0');
  };
  return {
    sandbox,
    clock,
    table,
    open: () => dynamoLedger({ client: clients(DynamoDBClient, { region }), tableName, newSecret, clock }),
  };
}

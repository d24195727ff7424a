import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { startExecution } from '#aws/durable-executions.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import { orderJanitor } from '#aws/order-janitor.ts';
import { parseConfig } from '#core/config/config.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { experimentControl } from './control.ts';
import { Environment } from './environment.ts';

const environment = parse(Environment, process.env, 'environment of chaos_experiment_control');
// Synth puts it next to the bundle: what runs is what was reviewed.
const configFile = new URL('./chaos.config.json', import.meta.url);
const config = parseConfig(JSON.parse(readFileSync(configFile, 'utf8')), faults, 'chaos.config.json');
const { region } = config.master;

/** How long calls to the ledger and to Lambda are retried. */
const patienceMs = 4_000;
const clients = makeClients({ clock, concurrency: callsInFlight });
const client = clients(LambdaClient, { region, patienceMs });

export const handler = experimentControl({
  ...{ clock, known: { config, faults, kinds, probes } },
  ledger: dynamoLedger({
    client: clients(DynamoDBClient, { region, patienceMs }),
    ...{ tableName: environment.TABLE_NAME, newSecret, clock },
  }),
  start: (order) =>
    startExecution(client, {
      ...{ functionName: environment.EXPERIMENT_NAME, alias: environment.EXPERIMENT_ALIAS },
      ...{ name: order.id, input: order },
    }),
  wakeJanitor: (run) => orderJanitor(client, environment.JANITOR_NAME, { run }),
});

import { readFileSync } from 'node:fs';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { journalLogger, powertoolsJournal } from '#aws/journal.ts';
import { newId, newSecret } from '#aws/new-ids.ts';
import { parseConfig } from '#core/config/config.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { masterWorld } from '#wiring/world.ts';
import { Environment } from './environment.ts';
import { chaosMonkey } from './monkey.ts';

const environment = parse(Environment, process.env, 'environment of chaos_monkey');
// Synth puts it next to the bundle: what runs is what was reviewed.
const configFile = new URL('./chaos.config.json', import.meta.url);
const config = parseConfig(JSON.parse(readFileSync(configFile, 'utf8')), faults, 'chaos.config.json');

const serviceName = 'chaos_monkey';
const world = masterWorld({
  config,
  faults,
  clock,
  clients: makeClients({ clock, concurrency: callsInFlight }),
  newSecret,
  deployed: {
    tableName: environment.TABLE_NAME,
    topicArn: environment.TOPIC_ARN,
    notRecoveredTopicArn: environment.NOT_RECOVERED_TOPIC_ARN,
  },
  journal: powertoolsJournal({
    logger: journalLogger(serviceName),
    metrics: config.metrics ? new Metrics({ namespace: 'ChaosMonkey', serviceName }) : undefined,
  }),
});

export const handler = chaosMonkey(world, newId);

import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { journalLogger, powertoolsJournal } from '#aws/journal.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newId, newSecret } from '#aws/new-ids.ts';
import { bucketReports } from '#aws/reports-bucket.ts';
import { parseConfig } from '#core/config/config.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { reportPage } from '#report-page/page.ts';
import { deployedExperiment } from '#wiring/deployed-experiment.ts';
import { kinds } from '#wiring/kinds.ts';
import { Environment } from './environment.ts';
import { chaosExperiment } from './experiment.ts';

const environment = parse(Environment, process.env, 'environment of chaos_experiment');
// Synth puts it next to the bundle: what runs is what was reviewed.
const configFile = new URL('./chaos.config.json', import.meta.url);
const config = parseConfig(JSON.parse(readFileSync(configFile, 'utf8')), faults, 'chaos.config.json');
const { region } = config.master;

/** How long calls to the ledger and the bucket are retried. */
const patienceMs = 4_000;
const clients = makeClients({ clock, concurrency: callsInFlight });
const ledger = dynamoLedger({
  client: clients.apart()(DynamoDBClient, { region, patienceMs }),
  ...{ tableName: environment.TABLE_NAME, newSecret, clock },
});
const parts = {
  ...{ config, faults, clock, clients, ledger, newId, newSecret },
  journal: powertoolsJournal({ logger: journalLogger('chaos_experiment'), metrics: undefined }),
  deployed: {
    tableName: environment.TABLE_NAME,
    topicArn: environment.TOPIC_ARN,
    notRecoveredTopicArn: environment.NOT_RECOVERED_TOPIC_ARN,
    janitorName: environment.JANITOR_NAME,
  },
};
/** A text makes the same schema in every invocation of this process. */
const known = { config, faults, kinds, probes };

export const handler = chaosExperiment({
  ...{ clock, ledger, timeZone: config.schedule.timeZone },
  read: (file) => readExperiment(file, 'file', known),
  open: (run, over) => deployedExperiment(run, over, parts),
  reports: bucketReports({
    client: clients(S3Client, { region, patienceMs }),
    ...{ bucket: environment.REPORTS_BUCKET, region, page: reportPage },
  }),
});

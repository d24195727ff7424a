import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { journalLogger } from '#aws/journal.ts';
import { newId, newSecret } from '#aws/new-ids.ts';
import { Region } from '#core/model/aws-names.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { janitorWorld } from '#wiring/janitor-world.ts';
import { Environment } from './environment.ts';
import { chaosJanitor } from './janitor.ts';
import { logReport } from './log-report.ts';
import { putAnswer } from './put-answer.ts';

const environment = parse(
  Environment.extend({ AWS_REGION: Region }),
  process.env,
  'environment of chaos_janitor',
);
const logger = journalLogger('chaos_janitor');

export const handler = chaosJanitor({
  world: janitorWorld({
    faults,
    clock,
    clients: makeClients({ clock, concurrency: callsInFlight }),
    newSecret,
    deployed: {
      account: environment.TOPIC_ARN.split(':')[4] ?? '',
      region: environment.AWS_REGION,
      tableName: environment.TABLE_NAME,
      topicArn: environment.TOPIC_ARN,
      notUndoneTopicArn: environment.NOT_UNDONE_TOPIC_ARN,
      timeZone: environment.TIME_ZONE,
    },
  }),
  newId,
  log: (report) => logReport(report, logger),
  put: (url, body) => putAnswer(url, body, { fetch, clock }),
});

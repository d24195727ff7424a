import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Clients } from '#aws/clients/clients.ts';
import { wakeExecution } from '#aws/durable-executions.ts';
import { snsExperimentAnnouncer } from '#aws/experiment-announcer.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { snsUndoAnnouncer } from '#aws/undo-announcer.ts';
import { awsUndoer } from '#aws/undoer.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { JanitorWorld } from '#core/undo/janitor-round.ts';
import { version } from '#core/util/version.ts';

/** How long calls to the ledger, the topics and Lambda are retried. */
const patienceMs = 4_000;

/** What the janitor works with: the ledger says all that it takes to undo, so it has no configuration. */
export function janitorWorld({
  deployed: { account, region, tableName, timeZone, ...topics },
  newSecret,
  ...parts
}: {
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly newSecret: () => string;
  readonly deployed: {
    readonly account: string;
    readonly region: string;
    readonly tableName: string;
    readonly topicArn: string;
    readonly notUndoneTopicArn: string;
    readonly timeZone: string;
  };
}): JanitorWorld {
  const { clients, faults, clock } = parts;
  const announcing = {
    client: clients(SNSClient, { region, patienceMs }),
    ...topics,
    deployment: { account, region, table: tableName, version, timeZone },
  };
  const lambda = clients(LambdaClient, { region, patienceMs });
  return {
    faults,
    clock,
    skew: clients.skew,
    ledger: dynamoLedger({
      client: clients(DynamoDBClient, { region, patienceMs }),
      ...{ tableName, newSecret, clock },
    }),
    sleepers: { wake: (callback) => wakeExecution(lambda, callback) },
    undoer: awsUndoer({ ...parts, sessions: assumedSessions(clients, region) }),
    announcer: { ...snsUndoAnnouncer(announcing), ...snsExperimentAnnouncer(announcing) },
  };
}

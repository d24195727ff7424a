import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { snsAnnouncer } from '#aws/announcer.ts';
import { type Clients, callsInFlight } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { assumedSessions, type Sessions } from '#aws/sessions.ts';
import { masterSignals } from '#aws/signals/signals.ts';
import { awsStriker } from '#aws/striker.ts';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { Announcer } from '#core/ports/announcer.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Journal } from '#core/ports/journal.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { World } from '#core/ports/world.ts';
import { version } from '#core/util/version.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from './kinds.ts';

/** Everything a run needs: fleet and striker in the target accounts, signals in the master account, and the given rest. */
export function awsWorld(parts: {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly ledger: Ledger;
  readonly announcer: Announcer;
  readonly journal: Journal;
  /** Keys of tags that are read besides the configuration's. */
  readonly alsoTags?: readonly string[];
}): World {
  return {
    ...parts,
    kinds,
    skew: parts.clients.skew,
    fleet: awsFleet({ ...parts, readers: kindReaders, concurrency: callsInFlight }),
    striker: awsStriker({ ...parts, kinds }),
    signals: masterSignals(parts),
  };
}

/** What the deployed function works with, from the outputs of its stack. */
export function masterWorld(parts: {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly journal: Journal;
  readonly newSecret: () => string;
  readonly deployed: DeployedResources;
  readonly alsoTags?: readonly string[];
}): World {
  const { newSecret, deployed, ...rest } = parts;
  const { config, clock, clients } = parts;
  return awsWorld({
    ...rest,
    sessions: assumedSessions(clients, config.master.region),
    ledger: masterLedger({ config, clock, clients, tableName: deployed.tableName, newSecret }),
    announcer: snsAnnouncer({
      ...masterTopics(config, clients, deployed),
      quietRuns: config.notifications.quietRuns,
    }),
  });
}

/** What the master account's stack created. */
export interface DeployedResources {
  readonly tableName: string;
  readonly topicArn: string;
  readonly notRecoveredTopicArn: string;
}

/** How long calls to the ledger and the topic are retried. A run reserves some seconds of its time for them. */
const patienceMs = 4_000;

/** The ledger in the master account's table. */
export function masterLedger(parts: {
  readonly config: Config;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly tableName: string;
  readonly newSecret: () => string;
}): Ledger {
  const { config, clients, ...rest } = parts;
  return dynamoLedger({
    // A stop is read, and a lease renewed, however many other calls are waiting.
    client: clients.apart()(DynamoDBClient, { region: config.master.region, patienceMs }),
    ...rest,
  });
}

/** What it takes to announce on the master account's topics. Messages name the table: their readers may have to write to it. */
export function masterTopics(
  config: Config,
  clients: Clients,
  { tableName, topicArn, notRecoveredTopicArn }: DeployedResources,
) {
  return {
    client: clients(SNSClient, { region: config.master.region, patienceMs }),
    ...{ topicArn, notRecoveredTopicArn },
    deployment: { ...config.master, table: tableName, version, timeZone: config.schedule.timeZone },
  };
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { snsAnnouncer } from '#aws/announcer.ts';
import { type Clients, callsInFlight } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import type { Sessions } from '#aws/sessions.ts';
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
import { kinds } from '#targets/registry.ts';
import { guards } from './guards.ts';

/** The fleet and the striker, which are all that a run needs of the target accounts, and the master account's signals. */
export function awsWorld(parts: {
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly ledger: Ledger;
  readonly announcer: Announcer;
  readonly journal: Journal;
}): World {
  return {
    ...parts,
    guards,
    skew: parts.clients.skew,
    fleet: awsFleet({ ...parts, kinds, concurrency: callsInFlight }),
    striker: awsStriker({ ...parts, kinds }),
    signals: masterSignals(parts),
  };
}

/** How long the ledger and the topic are asked again: of a run's time, some seconds are kept for them. */
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
    client: clients(DynamoDBClient, { region: config.master.region, patienceMs }),
    ...rest,
  });
}

/** Announces on the master account's topics. */
export function masterAnnouncer(parts: {
  readonly config: Config;
  readonly clients: Clients;
  /** The ledger's: whoever reads a message may have to write to it. */
  readonly tableName: string;
  readonly topicArn: string;
  readonly notRecoveredTopicArn: string;
}): Announcer {
  const { config, clients, tableName, ...topics } = parts;
  return snsAnnouncer({
    client: clients(SNSClient, { region: config.master.region, patienceMs }),
    ...topics,
    quietRuns: config.notifications.quietRuns,
    deployment: { ...config.master, table: tableName, version, timeZone: config.schedule.timeZone },
  });
}

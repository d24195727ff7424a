import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { ledgerAnnouncements } from './announcements.ts';
import { ledgerBudgets } from './budgets.ts';
import { ledgerClaims } from './claims.ts';
import { ledgerControl } from './control.ts';
import { ledgerGroupRecords } from './group-records.ts';
import { ledgerHeldGroups } from './held-groups.ts';
import { ledgerOutcomes } from './outcomes.ts';
import { ledgerRecordings } from './recordings.ts';
import { ledgerRuns } from './runs.ts';
import { ledgerStrikes } from './strikes.ts';
import { ledgerTable } from './table.ts';
import { ledgerTransactions } from './transactions.ts';

export interface DynamoLedgerOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** 64 hex digits from a good source. Kept if the table has no secret yet; another tells this ledger from others on the table. */
  readonly newSecret: () => string;
  readonly clock: Clock;
}

/**
 * The ledger in one DynamoDB table. Rejects with `LedgerError` where the table does not answer as it should, and with
 * `UnreadableItemError` where what is asked hangs on an item that is not as it was written. Each item has the version of what
 * wrote it as `schemaVersion`, and attributes that are not known here are passed over. All keys are strings:
 *
 *     pk                 sk               what                                          kept
 *     control            control          the secret, the stop                          for ever
 *     group#GROUP        record         last strike, veto, leash, and their version   for ever
 *     group#GROUP        strike#SLOT      a claim, and what became of it                400 days
 *     open               GROUP in slot S  that this strike is open                      while it is
 *     held               veto#GROUP       the veto, for those who list them             40 days after its end
 *     held               leash#GROUP      the leash, likewise                           while it holds
 *     budget#SCOPE#OF    day#DATE         how many strikes were claimed on that day     40 days
 *     budget#SCOPE#OF    unverified       how many are open now                         for ever
 *     runs               RUN ID           a run's report, as JSON                       400 days
 *     recording#RUN ID   0000, 0001...    what a run was decided on, in parts           90 days
 *     announced#DAY           HASH OF A CAUSE  that people were told of a failure that day   3 days
 *
 * It calls GetItem, PutItem, UpdateItem, Query and TransactWriteItems. IAM knows no such action as the last: each part needs
 * the permission of its kind, here PutItem, UpdateItem and DeleteItem. `control`, `setStop` and `stop` need UpdateItem and
 * GetItem alone. Source: Developer Guide, "Using IAM with DynamoDB transactions".
 */
export function dynamoLedger({ client, tableName, newSecret, clock }: DynamoLedgerOptions): Ledger {
  const table = ledgerTable(client, tableName);
  const transact = ledgerTransactions(table, clock, newSecret());
  const control = ledgerControl(table, newSecret);
  return {
    ...control,
    ...ledgerGroupRecords(table, transact),
    ...ledgerHeldGroups(table),
    ...ledgerClaims(table, transact, clock),
    ...ledgerOutcomes(table, transact, control.stop),
    ...ledgerStrikes(table),
    ...ledgerBudgets(table),
    ...ledgerRuns(table, clock),
    ...ledgerRecordings(table, clock),
    ...ledgerAnnouncements(table, transact, clock),
  };
}

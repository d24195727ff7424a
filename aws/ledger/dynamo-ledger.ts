import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { ledgerAnnouncements } from './announcements.ts';
import { ledgerBudgets } from './budgets.ts';
import { ledgerClaims } from './claims.ts';
import { ledgerControl } from './control.ts';
import { ledgerExperiments } from './experiments.ts';
import { ledgerGroupRecords } from './group-records.ts';
import { ledgerHeldGroups } from './held-groups.ts';
import { ledgerOutcomes } from './outcomes.ts';
import { ledgerRecordings } from './recordings.ts';
import { ledgerRuns } from './runs.ts';
import { ledgerStrikes } from './strikes.ts';
import { ledgerTable } from './table.ts';
import { ledgerTransactions } from './transactions.ts';
import { ledgerUndos } from './undos.ts';

export interface DynamoLedgerOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** 64 hex digits from a secure random source. Stored if the table has no secret yet; another one identifies this process. */
  readonly newSecret: () => string;
  readonly clock: Clock;
}

/**
 * The ledger in one DynamoDB table. Rejects with `LedgerError` if a call fails, and with `UnreadableItemError` if the answer depends on a
 * damaged item. Each item has the `schemaVersion` of the code that wrote it; unknown attributes are ignored. All keys are strings:
 *
 *     pk                 sk               what                                          kept
 *     control            control          the secret, the stop                          forever
 *     group#GROUP        record           last strike, veto, leash, and their version   forever
 *     group#GROUP        strike#SLOT      a claim and its outcome                       400 days
 *     open               GROUP in slot S  pointer to an open strike                     while it is open
 *     undo               STRIKE ID        what it takes to undo a fault that lasts      while it is open
 *     lock#ARN           lock             the open undo entry that holds the ARN        while it is open
 *     ended              MOMENT#ID        undo entries that were closed                 90 days
 *     held               veto#GROUP       the veto, for listings                        40 days after its end
 *     held               leash#GROUP      the leash, for listings                       while it holds
 *     budget#SCOPE#OF    day#DATE         strikes claimed on that day                   40 days
 *     budget#SCOPE#OF    unverified       strikes open now                              forever
 *     runs               RUN ID           a run's report, as JSON                       400 days
 *     recording#RUN ID   0000, 0001...    what a run was decided on, in parts           90 days
 *     experiments        EXPERIMENT ID    an experiment: lease, stop, end, notes        400 days
 *     running            EXPERIMENT ID    pointer to one that is not over               while it runs
 *     last-start         last-start       which one was begun last                      forever
 *     announced#DAY      HASH OF A CAUSE  a failure that was announced that day         3 days
 *
 * It calls GetItem, PutItem, UpdateItem, DeleteItem, Query and TransactWriteItems. IAM has no action for the last: each write in it needs
 * its own permission, here PutItem, UpdateItem and DeleteItem. `control`, `setStop` and `stop` need only UpdateItem and GetItem. Source:
 * Developer Guide, "Using IAM with DynamoDB transactions".
 */
export function dynamoLedger({
  client,
  tableName,
  newSecret,
  clock,
}: DynamoLedgerOptions): Ledger & ExperimentLedger {
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
    ...ledgerUndos(table, transact, clock),
    ...ledgerBudgets(table),
    ...ledgerRuns(table, clock),
    ...ledgerRecordings(table, clock),
    ...ledgerAnnouncements(table, transact, clock),
    ...ledgerExperiments(table, transact, clock),
  };
}

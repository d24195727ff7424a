import type { GroupRecord } from '#core/model/group-record.ts';
import { unreadableText } from '#core/model/unreadable-item.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { CliContext } from '../context/cli-context.ts';
import {
  type DeploymentLocation,
  type DeploymentOptions,
  deploymentFlags,
} from '../options/deployment-options.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { waitForCaller } from './caller-identity.ts';
import { displayTimeZone } from './display-time-zone.ts';
import { findLedger, tableWaitText } from './find-ledger.ts';
import { withRegionHint } from './region-hint.ts';
import { requireMasterAccount } from './require-master-account.ts';
import type { WriteTracker } from './write-tracker.ts';

/** What commands that change a group's record work on. */
export interface DeployedGroupRecord {
  readonly ledger: Ledger;
  /** Tracks whether writes to it may have taken effect. */
  readonly sent: WriteTracker;
  /** The current record. */
  readonly record: Pick<GroupRecord, 'version' | 'veto' | 'leash'>;
  /** The caller's ARN. */
  readonly by: string;
  /** The time zone for times in messages. */
  readonly timeZone: string;
}

/** Reads a group's record from the deployed ledger. Throws if the credentials are for an account other than the master's. */
export async function readGroupRecord(
  group: string,
  place: DeploymentLocation,
  options: DeploymentOptions,
  context: CliContext,
): Promise<DeployedGroupRecord> {
  const { region, account, config } = place;
  const caller = await waitForCaller(context, region).catch((error: unknown) => {
    throw withRegionHint(error, region);
  });
  if (account !== undefined) requireMasterAccount(caller, account);
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const { ledger, sent, tableName } = deployed;
  const { found, unreadable } = await new WaitNotice(context.terminal).during(
    tableWaitText(tableName, region),
    ledger.groupRecords([group]),
  );
  const common = { ledger, sent, by: caller.arn, timeZone: displayTimeZone(deployed, config) };
  const record = found.get(group);
  if (record !== undefined) return { ...common, record };
  // The unreadable part may be the very one that the command is about to set or lift.
  const unknown = {
    reason: unreadable.map((item) => unreadableText(item, deploymentFlags(options))).join('; '),
    by: 'unknown',
    at: 'an unknown time',
  };
  return { ...common, record: { version: 1, veto: { ...unknown, until: 'then' }, leash: unknown } };
}

import type { SetStop } from '../deployed/set-stop.ts';
import type { StopProgress } from '../deployed/stop-progress.ts';
import { deploymentFlags } from '../options/deployment-options.ts';
import { lastResorts } from './last-resorts.ts';
import { inFlightNotice } from './notices.ts';

/** `undo` is the command that lifts the stop. */
export async function stoppedText(
  { region, table, account, replaced }: SetStop,
  undo: string,
  timeZone: string | undefined,
): Promise<string> {
  const accountText = account ?? 'unknown: AWS did not identify the credentials';
  return `STOPPED. No new strikes will start (table ${table} in ${region}, account ${accountText}).
${inFlightNotice}
${await replacedText(replaced, timeZone)}
To resume: ${undo}`;
}

export function faultsEndText(flags: string): string {
  return `chaos_janitor is undoing active faults now. See: ./chaos strikes --active${flags}`;
}

export function faultsNotEndedText(why: string, flags: string): string {
  return `chaos_janitor could not be started: ${why}\n  It undoes active faults within a minute by itself. At once, without it: ./chaos undo --all${flags}`;
}

/** A second stop replaces the first, whose reason may still apply. */
async function replacedText(replaced: SetStop['replaced'], timeZone: string | undefined): Promise<string> {
  if (replaced === undefined) return 'It may have replaced an earlier stop.';
  if (replaced === null) return 'No stop was set before.';
  // Loaded late: it pulls in calendars, which must not delay a stop.
  const { attributionText } = await import('#core/messages/attribution.ts');
  return `This replaces: ${attributionText(replaced, timeZone)}`;
}

/** For input that may have been meant as a stop but was not understood. */
export const notBegunText = `NOT STOPPED. To stop: ./chaos stop\nIf nothing else works, use the aws CLI with credentials of the master account:\n${lastResorts({})}`;

/** The same for one experiment. */
export const experimentNotBegunText =
  'NOT STOPPED. To stop it: ./chaos experiment stop ID; everything: ./chaos stop';

/** Printed after some seconds of waiting. */
export function meanwhileText({ mayBeSet: _, account, ...place }: StopProgress): string {
  return `Not stopped yet. To stop it without waiting, use ${describeAwsCli(account)}:\n${lastResorts(place)}`;
}

/** First what is certain, then commands that help, with the known values filled in. */
export function notStoppedText(message: string, { mayBeSet, account, ...place }: StopProgress): string {
  const { region, table, profile } = place;
  if (!mayBeSet())
    return `NOT STOPPED. ${message}\nIf nothing else works, use ${describeAwsCli(account)}:\n${lastResorts(place)}`;
  const status = `./chaos status${deploymentFlags({ region, table, profile })}`;
  return `NOT KNOWN whether it is stopped. ${message}\n  See: ${status}\nTo be sure, stop it again, or use ${describeAwsCli(account)}:\n${lastResorts(place)}`;
}

function describeAwsCli(account: string | undefined): string {
  return `the aws CLI with credentials of ${account === undefined ? 'the master account' : `account ${account}`}`;
}

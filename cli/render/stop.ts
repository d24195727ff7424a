import type { SetStop } from '../deployed/set-stop.ts';
import type { StopProgress } from '../deployed/stop-progress.ts';
import { deploymentFlags } from '../options/deployment-options.ts';
import { lastResorts } from './last-resorts.ts';
import { inFlightNotice } from './notices.ts';

/** `undo` is the command that lifts it. */
export async function stoppedText(
  { region, table, account, replaced }: SetStop,
  undo: string,
  timeZone: string | undefined,
): Promise<string> {
  const whose = account ?? 'that is not known: AWS did not say whose credentials these are';
  return `STOPPED. No new strikes will start (table ${table} in ${region}, account ${whose}).
${inFlightNotice}
${await replacedText(replaced, timeZone)}
To let it go on: ${undo}`;
}

/** A second stop takes the first one's place, and the first one's reason may still hold. */
async function replacedText(replaced: SetStop['replaced'], timeZone: string | undefined): Promise<string> {
  if (replaced === undefined) return 'Whether it replaces an earlier stop is not known.';
  if (replaced === null) return 'No stop was set before.';
  // With it come calendars, which a stop does not wait for.
  const { attributionText } = await import('#core/messages/attribution.ts');
  return `It replaces this stop: ${attributionText(replaced, timeZone)}`;
}

/** Where it was not understood that somebody wanted a stop, or how. */
export const notBegunText = `NOT STOPPED. To stop: ./chaos stop\nIf all fails, with the aws CLI and credentials of the master account:\n${lastResorts({})}`;

/** For whoever has waited for some seconds. */
export function meanwhileText({ mayBeSet: _, account, ...place }: StopProgress): string {
  return `Not stopped yet. To stop it meanwhile, with ${describeAwsCli(account)}:\n${lastResorts(place)}`;
}

/** What is certain comes first; then what helps, with what is known filled in. */
export function notStoppedText(message: string, { mayBeSet, account, ...place }: StopProgress): string {
  const { region, table, profile } = place;
  if (!mayBeSet())
    return `NOT STOPPED. ${message}\nIf all fails, stop it with ${describeAwsCli(account)}:\n${lastResorts(place)}`;
  const status = `./chaos status${deploymentFlags({ region, table, profile })}`;
  return `NOT KNOWN whether it is stopped. ${message}\n  See: ${status}\nTo be sure, stop it again, or with ${describeAwsCli(account)}:\n${lastResorts(place)}`;
}

function describeAwsCli(account: string | undefined): string {
  return `the aws CLI and credentials of ${account === undefined ? 'the master account' : `account ${account}`}`;
}

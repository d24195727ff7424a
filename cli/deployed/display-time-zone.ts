import type { ConfigSummary } from '../config/config-summary.ts';
import type { DeployedLedger } from './find-ledger.ts';

/** The time zone for messages: the deployed schedule's, else the local configuration's, else UTC. */
export function displayTimeZone(
  { configuration }: Pick<DeployedLedger, 'configuration'>,
  here: Pick<ConfigSummary, 'timeZone'> | undefined,
): string {
  return configuration?.schedule.timeZone ?? here?.timeZone ?? 'UTC';
}

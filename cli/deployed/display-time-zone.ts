import type { ConfigSummary } from '../config/config-summary.ts';
import type { DeployedLedger } from './find-ledger.ts';

/** The zone in which people are told times: the deployed schedule's; else that of the configuration here; else UTC. */
export function displayTimeZone(
  { configuration }: Pick<DeployedLedger, 'configuration'>,
  here: Pick<ConfigSummary, 'timeZone'> | undefined,
): string {
  return configuration?.schedule.timeZone ?? here?.timeZone ?? 'UTC';
}

import type { Region } from '#core/model/aws-names.ts';
import type { CliContext } from '../context/cli-context.ts';
import {
  type DeploymentLocation,
  type DeploymentOptions,
  deploymentFlags,
} from '../options/deployment-options.ts';
import { displayTimeZone } from './display-time-zone.ts';
import { type DeployedLedger, findLedger } from './find-ledger.ts';
import { requireMasterCredentials } from './require-master-account.ts';

/** A deployment that was found. */
export interface OpenDeployment extends DeployedLedger {
  readonly region: Region;
  /** Options that locate it again, for commands: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
  /** For messages. */
  readonly timeZone: string;
}

/** Finds the ledger that is deployed there, and makes sure that the credentials are of its account. */
export async function openDeployment(
  place: DeploymentLocation,
  options: DeploymentOptions,
  context: CliContext,
): Promise<OpenDeployment> {
  await requireMasterCredentials(place, context);
  const { region, config } = place;
  const deployed = await findLedger({ region, tableName: options.table }, context);
  const timeZone = displayTimeZone(deployed, config);
  return { ...deployed, region, flags: deploymentFlags(options), timeZone };
}

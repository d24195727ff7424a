import type { AccountId } from '#core/model/aws-names.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import type { DeploymentLocation } from '../options/deployment-options.ts';
import { accountsText } from '../render/accounts.ts';
import { type Caller, waitForCaller } from './caller-identity.ts';

/** Throws where the credentials are for another account than the configuration's: a deployment there is not the one that is meant. */
export function requireMasterAccount({ account }: Caller, master: AccountId): void {
  if (account === master) return;
  throw new CliError(
    `${accountsText(account, master)}\n` +
      `  Use credentials of ${master}, or the configuration that names ${account}: --config PATH`,
    exitCodes.failed,
  );
}

/** The same for commands on a place. Nobody is asked where the configuration does not say which account it should be. */
export async function requireMasterCredentials(
  { region, account }: DeploymentLocation,
  context: CliContext,
): Promise<void> {
  if (account !== undefined) requireMasterAccount(await waitForCaller(context, region), account);
}

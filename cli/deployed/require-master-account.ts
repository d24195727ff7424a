import type { AccountId } from '#core/model/aws-names.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import type { DeploymentLocation } from '../options/deployment-options.ts';
import { accountsText } from '../render/accounts.ts';
import { type Caller, waitForCaller } from './caller-identity.ts';

/** Throws if the credentials are for another account: a deployment there is not the one that the user means. */
export function requireMasterAccount({ account }: Caller, master: AccountId): void {
  if (account === master) return;
  throw new CliError(
    `${accountsText(account, master)}\n` +
      `  Use credentials of ${master}, or a configuration that names ${account}: --config PATH`,
    exitCodes.failed,
  );
}

/** The same, asking AWS who the caller is. Does nothing if the configuration does not name the master account. */
export async function requireMasterCredentials(
  { region, account }: DeploymentLocation,
  context: CliContext,
): Promise<void> {
  if (account !== undefined) requireMasterAccount(await waitForCaller(context, region), account);
}

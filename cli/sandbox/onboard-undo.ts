import type { Config } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { janitorRoleName } from '#target-role/names.ts';

/** The roles that end faults: the janitor's in the master account, and in each target account the one that trusts it alone. */
export function onboardUndo(sandbox: Sandbox, { master, accounts, undoRoleName: name }: Config): void {
  const principal = roleArn(partitionOf(master.region), master.account, janitorRoleName);
  sandbox.account(master.account).role({ name: janitorRoleName, trust: { principal: sandbox.callerRole } });
  for (const { id, externalId } of accounts)
    sandbox.account(id).role({ name, trust: { principal, externalId } });
}

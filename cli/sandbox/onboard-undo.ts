import type { Config } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { janitorRoleName } from '#target-role/names.ts';

/**
 * What ends faults: the janitor's role in the master account, and in each target account the role that trusts it and EventBridge
 * Scheduler, with a group for the schedules.
 */
export function onboardUndo(sandbox: Sandbox, { master, accounts, undoRoleName: name }: Config): void {
  const janitor = roleArn(partitionOf(master.region), master.account, janitorRoleName);
  sandbox.account(master.account).role({ name: janitorRoleName, trust: { principal: sandbox.callerRole } });
  for (const { id, externalId, regions } of accounts) {
    const account = sandbox.account(id);
    account.role({ name, trust: { principal: [janitor, 'scheduler.amazonaws.com'], externalId } });
    for (const region of regions) account.region(region).schedules.addGroup(undoScheduleGroup);
  }
}

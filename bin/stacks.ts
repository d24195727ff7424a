import type { App } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { ChaosMasterStack } from '#lib/chaos-master-stack.ts';
import { readScheduledExperiments } from '#lib/config/scheduled-experiments.ts';
import { probes } from '#probes/registry.ts';
import { ChaosTargetRoleStack } from '#target-role/chaos-target-role-stack.ts';
import { undoStacks } from '#target-role/undo-stacks.ts';
import { kinds } from '#targets/registry.ts';

/** Adds the master account's stack. */
export function masterStack(app: App, config: Config, configFile: string): void {
  const scheduled = readScheduledExperiments({ config, faults, kinds, probes }, configFile);
  new ChaosMasterStack(app, { config, faults, scheduled });
}

/**
 * Adds the stacks of one target account: the one that `-c account=ID` names, else the one of the CDK CLI's credentials. Of the master's
 * own, those that must outlive its stack, which has its target role.
 */
export function targetStack(app: App, config: Config): void {
  const account: unknown = app.node.tryGetContext('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
  const target = config.accounts.find(({ id }) => id === account);
  const isMaster = target?.id === config.master.account;
  const lasting = target === undefined ? [] : undoStacks(app, { config, faults, target });
  if (target === undefined || (isMaster && lasting.length === 0)) {
    throw new InvalidInput('target account', [
      {
        path: 'account',
        expected:
          target === undefined
            ? 'expected an account that the configuration lists: its credentials, or -c account=ID'
            : 'expected an account other than the master, whose target role is in its own stack',
        found: account === undefined ? 'no credentials' : `${account}`,
      },
    ]);
  }
  if (isMaster) return;
  const roleStack = new ChaosTargetRoleStack(app, 'ChaosTargetRole', { config, faults, target });
  // Nothing is injected before it can be undone.
  for (const stack of lasting) roleStack.addDependency(stack);
}

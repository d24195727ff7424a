import type { App } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { ChaosMasterStack } from '#lib/chaos-master-stack.ts';
import { ChaosTargetRoleStack } from '#target-role/chaos-target-role-stack.ts';

/** Adds the master account's stack. */
export function masterStack(app: App, config: Config): void {
  new ChaosMasterStack(app, { config, faults });
}

/** Adds the role stack of one target account: the one that `-c account=ID` names, else the one of the CDK CLI's credentials. */
export function targetStack(app: App, config: Config): void {
  const account: unknown = app.node.tryGetContext('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
  const target = config.accounts.find(({ id }) => id === account);
  if (target === undefined || target.id === config.master.account) {
    throw new InvalidInput('target account', [
      {
        path: 'account',
        expected:
          target === undefined
            ? 'expected the credentials of an account that chaos.config.ts lists'
            : 'expected an account other than the master, whose target role is in its own stack',
        found: account === undefined ? 'no credentials' : `${account}`,
      },
    ]);
  }
  new ChaosTargetRoleStack(app, 'ChaosTargetRole', { config, faults, target });
}

import { InvalidInput } from '#core/parse.ts';
import { faults } from '#faults/registry.ts';
import { ChaosTargetRoleStack } from '#target-role/chaos-target-role-stack.ts';
import { synth } from './synth.ts';

/**
 * A target account: `npx cdk deploy --app "node bin/target-app.ts"` with that account's credentials. Which account that is, the
 * CDK CLI finds out; without credentials, `-c account=222222222222` says it.
 */
await synth((app, config) => {
  const account: unknown = app.node.tryGetContext('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
  const target = config.accounts.find(({ id }) => id === account);
  if (target === undefined || target.id === config.master.account) {
    throw new InvalidInput('target account', [
      {
        path: 'account',
        expected:
          target === undefined
            ? 'expected the credentials of an account that chaos.config.ts lists'
            : "expected another than the master: its target role is in the master's own stack",
        found: account === undefined ? 'no credentials' : `${account}`,
      },
    ]);
  }
  new ChaosTargetRoleStack(app, 'ChaosTargetRole', { config, faults, target });
});

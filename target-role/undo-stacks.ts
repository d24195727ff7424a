import { type App, Stack } from 'aws-cdk-lib';
import { bootstrapless } from './bootstrapless.ts';
import type { ChaosTargetRoleStackProps } from './chaos-target-role-stack.ts';
import { neededParts } from './undo-parts.ts';

/**
 * The stacks of a target account that must outlive all others; none if no enabled fault lasts. They are the same in the master's
 * account: its own stack can be deleted without them. Neither the stacks nor their resources can be deleted by mistake.
 */
export function undoStacks(
  app: App,
  { config, faults, target }: ChaosTargetRoleStackProps,
): readonly Stack[] {
  const [home = config.master.region] = target.regions;
  return neededParts(config, faults).flatMap(({ stackName, description, isRegional, add }) =>
    (isRegional ? target.regions : [home]).map((region) => {
      const stack = new Stack(app, isRegional ? `${stackName}-${region}` : stackName, {
        stackName,
        description,
        env: { account: target.id, region },
        synthesizer: bootstrapless(),
        analyticsReporting: false,
        terminationProtection: true,
      });
      add(stack, {
        config,
        faults,
        undoRoleName: config.undoRoleName,
        masterAccount: config.master.account,
        organization: config.organization,
        regions: target.regions,
        externalId: target.externalId,
      });
      return stack;
    }),
  );
}

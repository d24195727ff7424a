import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config, TargetAccount } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { bootstrapless } from './bootstrapless.ts';
import { ChaosTargetRole } from './chaos-target-role.ts';

export interface ChaosTargetRoleStackProps {
  readonly config: Config;
  readonly faults: FaultRegistry;
  /** The account to onboard. The stack cannot be deployed to any other. */
  readonly target: TargetAccount;
}

/** Onboards one target account. It has no assets, so the account need not be bootstrapped for CDK. */
export class ChaosTargetRoleStack extends Stack {
  constructor(scope: Construct, id: string, { config, faults, target }: ChaosTargetRoleStackProps) {
    super(scope, id, {
      description: 'Lets chaos_monkey of the master account read, and strike, resources that opted in.',
      // IAM is global: the region only determines where the stack is stored.
      env: { account: target.id, region: target.regions[0] ?? config.master.region },
      synthesizer: bootstrapless(),
      analyticsReporting: false,
    });
    new ChaosTargetRole(this, 'ChaosTargetRole', {
      config,
      faults,
      undoRoleName: config.undoRoleName,
      masterAccount: config.master.account,
      organization: config.organization,
      ...target,
    });
  }
}

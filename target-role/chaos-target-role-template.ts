import { App, Aws, CfnCondition, CfnWaitConditionHandle, Fn, Stack, Validations } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { bootstrapless } from './bootstrapless.ts';
import { ChaosTargetRole } from './chaos-target-role.ts';
import { templateParameters } from './template-parameters.ts';

/**
 * The target role as a plain CloudFormation template. The opt-in tag and the faults are fixed.
 *
 * In the master account it creates no role: if the master is a target, its own stack has the role, and the second stack to create a role
 * of that name would fail. So the template can be deployed to an organizational unit that contains the master.
 */
export function chaosTargetRoleTemplate(config: Config, faults: FaultRegistry): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'ChaosTargetRole', {
    description: 'Lets chaos_monkey of the master account read, and strike, resources that opted in.',
    synthesizer: bootstrapless(),
  });

  const { parameter, ...given } = templateParameters(stack, config);
  const roleName = parameter('RoleName', {
    default: config.roleName,
    minLength: 1,
    description: "Must be this account's roleName in chaos.config.ts.",
  });

  const isMaster = new CfnCondition(stack, 'IsMasterAccount', {
    expression: Fn.conditionEquals(Aws.ACCOUNT_ID, given.masterAccount),
  });
  const isNotMaster = new CfnCondition(stack, 'IsTargetAccount', {
    expression: Fn.conditionNot(isMaster),
  });
  // A stack needs at least one resource. This one is only a URL and is free.
  const nothing = new CfnWaitConditionHandle(stack, 'RoleIsInTheStackOfTheMaster');
  nothing.cfnOptions.condition = isMaster;

  const { role } = new ChaosTargetRole(stack, 'ChaosTargetRole', {
    config,
    faults,
    roleName: roleName.valueAsString,
    undoRoleName: config.undoRoleName,
    ...given,
  });
  role.cfnOptions.condition = isNotMaster;
  Validations.of(role).acknowledge({
    id: 'CloudFormation-Validate::W1028',
    reason:
      'With two conditions, the rule mistakes the choice between an organization and none for one that never occurs. A test deploys both.',
  });
  return app.synth().getStackByName(stack.stackName).template;
}

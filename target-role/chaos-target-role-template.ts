import {
  App,
  Aws,
  CfnCondition,
  CfnParameter,
  type CfnParameterProps,
  CfnWaitConditionHandle,
  Fn,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { bootstrapless } from './bootstrapless.ts';
import { ChaosTargetRole } from './chaos-target-role.ts';

/**
 * The target role as a plain CloudFormation template. The configuration's values are the defaults of its parameters, so one template
 * serves accounts that differ. The opt-in tag and the faults are fixed.
 *
 * In the master account it creates no role: if the master is a target, its own stack has the role, and the second stack to create a role
 * of that name would fail. So the template can be deployed to an organizational unit that contains the master.
 */
export function chaosTargetRoleTemplate(config: Config, faults: FaultRegistry): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'ChaosTargetRole', {
    description: 'Lets chaos_monkey of the master account read, and strike, instances that opted in.',
    synthesizer: bootstrapless(),
  });

  const parameter = (id: string, props: CfnParameterProps) => new CfnParameter(stack, id, props);
  const masterAccount = parameter('MasterAccountId', {
    default: config.master.account,
    allowedPattern: '^[0-9]{12}$',
    description: 'The account that chaos_monkey runs in.',
  });
  const externalId = parameter('ExternalId', {
    default: config.externalId,
    minLength: 2,
    description: 'Agreed with the master account. Without it, the role cannot be assumed.',
  });
  const roleName = parameter('RoleName', {
    default: config.roleName,
    minLength: 1,
    description: "Must be this account's roleName in chaos.config.ts.",
  });
  const regions = parameter('Regions', {
    type: 'CommaDelimitedList',
    default: config.regions.join(','),
    description: 'Where the role may read and strike.',
  });
  const organization = parameter('OrganizationId', {
    default: config.organization ?? '',
    allowedPattern: '^(o-[a-z0-9]{10,32})?$',
    description: 'If given, the master account must belong to this organization, such as o-a1b2c3d4e5.',
  });
  const hasOrganization = new CfnCondition(stack, 'HasOrganizationId', {
    expression: Fn.conditionNot(Fn.conditionEquals(organization.valueAsString, '')),
  });

  const isMaster = new CfnCondition(stack, 'IsMasterAccount', {
    expression: Fn.conditionEquals(Aws.ACCOUNT_ID, masterAccount.valueAsString),
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
    masterAccount: masterAccount.valueAsString,
    externalId: externalId.valueAsString,
    organization: Fn.conditionIf(
      hasOrganization.logicalId,
      organization.valueAsString,
      Fn.ref('AWS::NoValue'),
    ).toString(),
    regions: regions.valueAsList,
  });
  role.cfnOptions.condition = isNotMaster;
  Validations.of(role).acknowledge({
    id: 'CloudFormation-Validate::W1028',
    reason:
      'With two conditions, the rule mistakes the choice between an organization and none for one that never occurs. A test deploys both.',
  });
  return app.synth().getStackByName(stack.stackName).template;
}

import { Aws, CfnCondition, CfnParameter, type CfnParameterProps, Fn, type Stack } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';

/** What the plain templates of roles ask for. The configuration's values are the defaults, so one template serves accounts that differ. */
export function templateParameters(stack: Stack, config: Config) {
  const parameter = (id: string, props: CfnParameterProps) => new CfnParameter(stack, id, props);
  /** An optional parameter: its value, or none if it is empty. */
  const orNothing = (given: CfnParameter) => {
    const isGiven = new CfnCondition(stack, `Has${given.node.id}`, {
      expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
    });
    return Fn.conditionIf(isGiven.logicalId, given.valueAsString, Aws.NO_VALUE).toString();
  };
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
  const permissionsBoundary = parameter('PermissionsBoundary', {
    default: '',
    allowedPattern: '^(arn:[a-z-]+:iam::[0-9]{12}:policy/.+)?$',
    description: 'If given, the ARN of the policy that limits what any role may do.',
  });
  return {
    parameter,
    masterAccount: masterAccount.valueAsString,
    externalId: externalId.valueAsString,
    regions: regions.valueAsList,
    organization: orNothing(organization),
    permissionsBoundary: orNothing(permissionsBoundary),
  };
}

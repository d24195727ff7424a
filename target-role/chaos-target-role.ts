import { Aws } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { anyLasts } from '#core/config/enabled-faults.ts';
import { rolePolicy } from '#core/permissions/role-policies.ts';
import { acknowledgeFindings } from './acknowledge-findings.ts';
import { controlPlaneTags } from './control-plane-tags.ts';
import { measuredCalls } from './measured.ts';
import { type RoleScopeProps, roleScope } from './role-scope.ts';
import { trustPolicy } from './trust-policy.ts';

export interface ChaosTargetRoleProps extends RoleScopeProps {
  // All may be deploy-time tokens.
  readonly roleName: string;
  readonly masterAccount: string;
  readonly externalId: string;
  readonly organization: string | undefined;
  /** The ARN of a policy. */
  readonly permissionsBoundary?: string;
}

/**
 * The role of a target account, with which the master reads, and strikes what has the opt-in tag. One resource without assets, so that
 * the plain template can be made from it too.
 */
export class ChaosTargetRole extends Construct {
  readonly role: CfnRole;

  constructor(scope: Construct, id: string, props: ChaosTargetRoleProps) {
    super(scope, id);
    const { config, faults } = props;

    // With this id, the logical id is the construct's own.
    this.role = new CfnRole(this, 'Default', {
      roleName: props.roleName,
      description: 'Assumed by chaos_monkey to read, and strike, resources that opted in.',
      // Role chaining limits sessions to an hour anyway.
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: trustPolicy({
        partition: Aws.PARTITION,
        masterAccount: props.masterAccount,
        externalId: props.externalId,
        organization: props.organization,
      }),
      policies: [
        {
          policyName: 'chaos',
          policyDocument: rolePolicy(roleScope(props), measuredCalls(config)),
        },
      ],
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
      ...(anyLasts(config, faults) && { tags: controlPlaneTags }),
    });

    acknowledgeFindings(this.role, props);
  }
}

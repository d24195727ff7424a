import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { undoRolePolicy } from '#core/permissions/role-policies.ts';
import { acknowledgeFindings } from './acknowledge-findings.ts';
import type { ChaosTargetRoleProps } from './chaos-target-role.ts';
import { controlPlaneTags } from './control-plane-tags.ts';
import { roleScope } from './role-scope.ts';
import { undoTrustPolicy } from './trust-policy.ts';

export type UndoRoleProps = Omit<ChaosTargetRoleProps, 'roleName'>;

/** The role of a target account with which faults are ended: by the janitor, and by schedules if there is no master any more. */
export class UndoRole extends Construct {
  constructor(scope: Construct, id: string, props: UndoRoleProps) {
    super(scope, id);
    const role = new CfnRole(this, 'Default', {
      roleName: props.undoRoleName,
      description: 'Ends the faults that chaos_monkey injects.',
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: undoTrustPolicy({
        partition: Aws.PARTITION,
        account: Aws.ACCOUNT_ID,
        masterAccount: props.masterAccount,
        externalId: props.externalId,
        organization: props.organization,
      }),
      policies: [{ policyName: 'chaos', policyDocument: undoRolePolicy(roleScope(props)) }],
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
      tags: controlPlaneTags,
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeFindings(role, props);
  }
}

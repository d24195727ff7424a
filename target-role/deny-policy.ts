import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { enabledFaults } from '#core/config/enabled-faults.ts';
import { denyPolicy, denyPolicyName } from '#core/permissions/deny-policy.ts';
import type { RoleScopeProps } from './role-scope.ts';

/** The policy that the fault `iam-deny` attaches to roles, if that is enabled. It may be attached whenever a stack is deleted. */
export function addDenyPolicy(
  scope: Construct,
  { config, faults }: Pick<RoleScopeProps, 'config' | 'faults'>,
): void {
  if (!enabledFaults(config, faults).some(({ name }) => name === 'iam-deny')) return;
  const policy = new CfnManagedPolicy(scope, 'DenyPolicy', {
    managedPolicyName: denyPolicyName,
    description: 'Attached by chaos_monkey, for some minutes, to roles that opted in.',
    policyDocument: denyPolicy,
  });
  policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
}

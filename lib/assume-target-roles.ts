import { Validations } from 'aws-cdk-lib';
import { ManagedPolicy, Policy, PolicyDocument, type Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import { type AssumeStatement, assumePolicies } from './assume-policies.ts';

export interface AssumeTargetRolesProps {
  readonly config: Config;
  /** The role that a function of the master runs as. */
  readonly role: Role;
}

/** Lets a role of the master assume the configured roles of the target accounts. */
export class AssumeTargetRoles extends Construct {
  constructor(scope: Construct, id: string, { config, role }: AssumeTargetRolesProps) {
    super(scope, id);
    // A literal rather than a deploy-time value, so that it is exactly the document whose length was checked.
    const partition = partitionOf(config.master.region);
    const { inline, managed } = assumePolicies(config, partition);

    if (inline !== undefined) {
      new Policy(this, 'Policy', { policyName: 'assume', document: toDocument(inline), roles: [role] });
    }
    for (const [index, statements] of managed.entries()) {
      const policy = new ManagedPolicy(this, `Policy${index}`, {
        description: `Roles of target accounts that may be assumed, part ${index + 1} of ${managed.length}.`,
        document: toDocument(statements),
        roles: [role],
      });
      for (const roleName of new Set(config.accounts.map((account) => account.roleName))) {
        Validations.of(policy).acknowledge({
          id: `AwsSolutions-IAM5[Resource::${roleArn(partition, '*', roleName)}]`,
          reason:
            'This many exact ARNs do not fit into IAM policies. The role name is fixed, and aws:ResourceAccount lists the exact accounts.',
        });
      }
    }
  }
}

function toDocument(statements: readonly AssumeStatement[]): PolicyDocument {
  return PolicyDocument.fromJson({ Version: '2012-10-17', Statement: statements });
}

import { Aws, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { roleArn } from '#core/model/aws-names.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { rolePolicy } from '#core/permissions/role-policies.ts';
import { kinds } from '#targets/registry.ts';
import { trustPolicy } from './trust-policy.ts';

export interface ChaosTargetRoleProps {
  /** The opt-in tag, and the faults that are enabled: the role can do no others. */
  readonly config: Pick<Config, 'tags' | 'faults'>;
  readonly faults: FaultRegistry;
  // What follows may be deploy-time tokens.
  readonly roleName: string;
  readonly undoRoleName: string;
  readonly masterAccount: string;
  readonly externalId: string;
  readonly organization: string | undefined;
  /** Where the role may look and strike. */
  readonly regions: readonly string[];
}

/**
 * The role of a target account: the master looks through it, and strikes what carries the opt-in tag.
 * One resource and no asset, so that the same construct makes the plain template.
 */
export class ChaosTargetRole extends Construct {
  readonly role: CfnRole;

  constructor(scope: Construct, id: string, props: ChaosTargetRoleProps) {
    super(scope, id);
    const { config, faults } = props;

    // The id keeps the construct's own name as the logical id.
    this.role = new CfnRole(this, 'Default', {
      roleName: props.roleName,
      description: 'Assumed by chaos_monkey to look at, and strike, instances that opted in.',
      // Role chaining caps a session at an hour anyway.
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
          policyDocument: rolePolicy({
            partition: Aws.PARTITION,
            account: Aws.ACCOUNT_ID,
            undoRoleArn: roleArn(Aws.PARTITION, Aws.ACCOUNT_ID, props.undoRoleName),
            regions: props.regions,
            optIn: config.tags.optIn,
            kinds,
            faults: [...faults.values()].filter(({ name }) =>
              config.faults.some((fault) => fault.name === name),
            ),
          }),
        },
      ],
    });

    Validations.of(this.role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'It can only read. Most of these calls support no resource-level permissions. All are limited to the configured regions.',
      },
      ...kinds
        .flatMap(({ arnPatterns }) => Object.values(arnPatterns))
        .map((pattern) => ({
          id: `AwsSolutions-IAM5[Resource::${pattern({ partition: '<AWS::Partition>', account: '<AWS::AccountId>' })}]`,
          reason:
            'Targets come and go. Only those that carry the opt-in tag, in the configured regions, match.',
        })),
    );
  }
}

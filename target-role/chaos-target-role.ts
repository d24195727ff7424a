import { Aws, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { enabledFaults, enabledKinds } from '#core/config/enabled-faults.ts';
import { roleArn } from '#core/model/aws-names.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import { listOurs, rolePolicy } from '#core/permissions/role-policies.ts';
import { kinds } from '#targets/registry.ts';
import { trustPolicy } from './trust-policy.ts';

export interface ChaosTargetRoleProps {
  /** The opt-in tag and the enabled faults. The role allows no others. */
  readonly config: Pick<Config, 'tags' | 'faults'>;
  readonly faults: FaultRegistry;
  // The rest may be deploy-time tokens.
  readonly roleName: string;
  readonly undoRoleName: string;
  readonly masterAccount: string;
  readonly externalId: string;
  readonly organization: string | undefined;
  /** Where the role may read and strike. */
  readonly regions: readonly string[];
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
      description: 'Assumed by chaos_monkey to read, and strike, instances that opted in.',
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
          policyDocument: rolePolicy({
            partition: Aws.PARTITION,
            account: Aws.ACCOUNT_ID,
            undoRoleArn: roleArn(Aws.PARTITION, Aws.ACCOUNT_ID, props.undoRoleName),
            regions: props.regions,
            optIn: config.tags.optIn,
            kinds: enabledKinds(config, faults, kinds),
            faults: enabledFaults(config, faults),
          }),
        },
      ],
    });

    Validations.of(this.role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'Read-only. Most of these calls do not support resource-level permissions. All are limited to the configured regions.',
      },
      ...enabledKinds(config, faults, kinds)
        .flatMap(({ arnPatterns }) => Object.values(arnPatterns))
        .map((pattern) => ({
          id: `AwsSolutions-IAM5[Resource::${pattern({ partition: '<AWS::Partition>', account: '<AWS::AccountId>' })}]`,
          reason: 'Targets come and go. Only those with the opt-in tag, in the configured regions, match.',
        })),
      ...listOurs(enabledFaults(config, faults), {
        partition: '<AWS::Partition>',
        account: '<AWS::AccountId>',
      }).map((arn) => ({
        id: `AwsSolutions-IAM5[Resource::${arn}]`,
        reason: 'Ours, by its exact name, in every configured region.',
      })),
    );
  }
}

import { Validations } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { enabledFaults, enabledKinds } from '#core/config/enabled-faults.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { listOurs } from '#core/permissions/role-policies.ts';
import { kinds } from '#targets/registry.ts';
import { measuredCalls } from './measured.ts';
import type { RoleScopeProps } from './role-scope.ts';

/** Says why the roles of a target account need wildcards, and why a parameter of their templates may be empty. */
export function acknowledgeFindings(
  role: CfnRole,
  { config, faults }: Pick<RoleScopeProps, 'config' | 'faults'>,
): void {
  const place = { partition: '<AWS::Partition>', account: '<AWS::AccountId>' };
  const schedules = `arn:${place.partition}:scheduler:*:${place.account}:schedule/${undoScheduleGroup}/*`;
  Validations.of(role).acknowledge(
    {
      id: 'CloudFormation-Validate::W1030',
      reason: 'An empty permissions boundary is none. A test deploys both.',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Read-only. Most of these calls do not support resource-level permissions. All are limited to the configured regions.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${schedules}]`,
      reason: 'Schedules that end faults are named after strikes. Only one group of them matches.',
    },
    ...enabledKinds(config, faults, kinds)
      .flatMap(({ arnPatterns }) => Object.values(arnPatterns))
      .map((pattern) => ({
        id: `AwsSolutions-IAM5[Resource::${pattern(place)}]`,
        reason: 'Targets come and go. Only those with the opt-in tag, in the configured regions, match.',
      })),
    ...measuredCalls(config).flatMap(({ on }) =>
      on === undefined
        ? []
        : [
            {
              id: `AwsSolutions-IAM5[Resource::${on(place)}]`,
              reason: 'Each experiment names what it measures.',
            },
          ],
    ),
    ...listOurs(enabledFaults(config, faults), place).map((arn) => ({
      id: `AwsSolutions-IAM5[Resource::${arn}]`,
      reason: 'Ours, by its exact name, in every configured region.',
    })),
  );
}

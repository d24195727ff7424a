import { roleArn } from '#core/model/aws-names.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { janitorRoleName, masterRoleName } from './names.ts';

export interface Trust {
  readonly partition: string;
  readonly masterAccount: string;
  readonly externalId: string;
  /** If given, the master must also belong to this organization. */
  readonly organization: string | undefined;
}

/**
 * Allows only the master's role, with the external id, to assume a target role.
 *
 * The principal is the master account, restricted by `aws:PrincipalArn`. A role as the principal would have to exist first, and would be
 * locked out once re-created, as IAM replaces its ARN with its internal id.
 *
 * `sts:SetSourceIdentity` has a statement of its own, as it does not support the condition key `sts:ExternalId`. Alone it grants no
 * access. Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS STS".
 */
export function trustPolicy(trust: Trust) {
  return { Version: '2012-10-17', Statement: statementsFor(masterRoleName, trust) };
}

/**
 * Allows the janitor's role to assume an undo role in the same way, and the schedules that end faults to act with it: those of one
 * group, and of this account. `account` is the undo role's own.
 *
 * The source ARN of a schedule is that of its group. Source: EventBridge Scheduler User Guide, "Cross-service confused deputy prevention".
 */
export function undoTrustPolicy({ account, ...trust }: Trust & { readonly account: string }) {
  const group = `arn:${trust.partition}:scheduler:*:${account}:schedule-group/${undoScheduleGroup}`;
  return {
    Version: '2012-10-17',
    Statement: [
      ...statementsFor(janitorRoleName, trust),
      {
        Sid: 'EndBySchedule',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': group },
        },
      },
    ],
  };
}

function statementsFor(roleName: string, { partition, masterAccount, externalId, organization }: Trust) {
  const master = {
    'aws:PrincipalArn': roleArn(partition, masterAccount, roleName),
    ...(organization !== undefined && { 'aws:PrincipalOrgID': organization }),
  };
  const statement = (sid: string, action: string, conditions: Readonly<Record<string, string>>) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${masterAccount}:root` },
    Action: action,
    Condition: { StringEquals: conditions },
  });
  return [
    statement('Assume', 'sts:AssumeRole', { ...master, 'sts:ExternalId': externalId }),
    statement('NameTheRun', 'sts:SetSourceIdentity', master),
  ];
}

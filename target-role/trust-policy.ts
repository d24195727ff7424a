import { roleArn } from '#core/model/aws-names.ts';
import { masterRoleName } from './names.ts';

export interface Trust {
  readonly partition: string;
  readonly masterAccount: string;
  readonly externalId: string;
  /** If given, the master must also belong to this organization. */
  readonly organization: string | undefined;
}

/**
 * Who may assume a target role: the master's one role, showing the external id.
 *
 * The principal is the master account, narrowed by `aws:PrincipalArn`: IAM replaces a role's ARN in a principal by its
 * internal id, so the role would have to exist first and a re-created one would be locked out.
 *
 * `sts:SetSourceIdentity` stands apart, as `sts:ExternalId` is no condition key of it. By itself it opens nothing.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS STS".
 */
export function trustPolicy({ partition, masterAccount, externalId, organization }: Trust) {
  const master = {
    'aws:PrincipalArn': roleArn(partition, masterAccount, masterRoleName),
    ...(organization !== undefined && { 'aws:PrincipalOrgID': organization }),
  };
  const statement = (sid: string, action: string, conditions: Readonly<Record<string, string>>) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${masterAccount}:root` },
    Action: action,
    Condition: { StringEquals: conditions },
  });
  return {
    Version: '2012-10-17',
    Statement: [
      statement('Assume', 'sts:AssumeRole', { ...master, 'sts:ExternalId': externalId }),
      statement('NameTheRun', 'sts:SetSourceIdentity', master),
    ],
  };
}

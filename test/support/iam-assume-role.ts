import { isAllowed } from './iam-evaluator.ts';

/** An AssumeRole call, and the policies that have a say in it. */
export interface AssumeRoleCall {
  /** ARN of the role behind the caller's session. */
  readonly caller: string;
  readonly callersPolicies: readonly object[];
  readonly roleArn: string;
  /** Of the role that is asked for; undefined where there is no such role. */
  readonly trustPolicy: object | undefined;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
}

/** Whether IAM would let it through: what a source identity needs is asked for as well. */
export async function isAssumeRoleAllowed(call: AssumeRoleCall): Promise<boolean> {
  const { caller, callersPolicies, roleArn, trustPolicy, externalId, sourceIdentity } = call;
  if (trustPolicy === undefined) return false;
  const common = {
    role: caller,
    resource: roleArn,
    region: 'us-east-1',
    identityPolicies: callersPolicies,
    resourcePolicy: trustPolicy,
  };
  const named = sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity };
  const shown = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
  return (
    (await isAllowed({ ...common, action: 'sts:AssumeRole', context: { ...named, ...shown } })) &&
    (sourceIdentity === undefined ||
      (await isAllowed({ ...common, action: 'sts:SetSourceIdentity', context: named })))
  );
}

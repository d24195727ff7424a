import type { Authorizer } from '#sandbox/authorizer.ts';
import { isAllowed } from './iam-evaluator.ts';

/**
 * Makes the sandbox decide as IAM would: by the caller's role policy, its session policy and, where a role is assumed, by
 * that role's trust policy. `organizations` are by account id.
 */
export function iamAuthorizer(organizations: Readonly<Record<string, string>> = {}): Authorizer {
  return ({ identity, action, resource, region, at, resourceTags, context, resourcePolicy, trustPolicy }) =>
    isAllowed({
      role: identity.principal,
      action,
      resource,
      region,
      at,
      tags: resourceTags,
      context,
      organizations,
      identityPolicies: identity.rolePolicy === undefined ? [] : [identity.rolePolicy],
      sessionPolicy: identity.sessionPolicy === undefined ? undefined : JSON.parse(identity.sessionPolicy),
      resourcePolicy: trustPolicy ?? resourcePolicy ?? sharedWith(identity.account, action, resource),
    });
}

/** A change calendar of another account is shared with the caller's, in the way of a resource policy; or it does not exist. */
function sharedWith(account: string, action: string, resource: string): object | undefined {
  if (action !== 'ssm:GetCalendarState' || resource.split(':')[4] === account) return undefined;
  const principal = { AWS: `arn:aws:iam::${account}:root` };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: resource }],
  };
}

import type { Authoriser } from '#sandbox/authoriser.ts';
import { isAllowed } from './iam.ts';

/**
 * Makes the sandbox decide as IAM would: by the caller's role policy, its session policy and, where a role is assumed, by
 * that role's trust policy. `organizations` are by account id.
 */
export function iamAuthoriser(organizations: Readonly<Record<string, string>> = {}): Authoriser {
  return ({ identity, action, resource, region, resourceTags, context, trustPolicy }) =>
    isAllowed({
      role: identity.principal,
      action,
      resource,
      region,
      tags: resourceTags,
      context,
      organizations,
      identityPolicies: identity.rolePolicy === undefined ? [] : [identity.rolePolicy],
      sessionPolicy: identity.sessionPolicy === undefined ? undefined : JSON.parse(identity.sessionPolicy),
      trustPolicy,
    });
}

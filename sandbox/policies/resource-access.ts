import type { Tags } from '#core/model/group.ts';
import type { Access, Scope } from '../service.ts';
import type { PolicyHolder } from './resource-policy.ts';

/** An action on a resource that has tags and a policy. One that does not exist has neither by which it could be allowed. */
export function resourceAccess(
  action: string,
  arn: string,
  holder: (PolicyHolder & { readonly tags: Tags }) | undefined,
  { now }: Scope,
): Access {
  const policy = holder?.policyInEffect(now);
  return {
    action,
    resource: arn,
    resourceTags: holder?.tags ?? {},
    ...(policy !== undefined && { resourcePolicy: JSON.parse(policy) }),
  };
}

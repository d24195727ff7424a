import type { PolicyHolder } from '#sandbox/policies/resource-policy.ts';
import type { Account } from '#sandbox/state/account.ts';
import type { Role } from '#sandbox/sts/role.ts';
import { isDeniedExplicitly } from './iam-evaluator.ts';

/** A request, and when it is made. */
export interface Attempt {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** The ARN of a role, or a service: `events.amazonaws.com`. */
  readonly principal: string;
  /** Epoch ms. */
  readonly at: number;
  /** The ARN of what is inside the resource: an object, an index. Left out: the resource itself. */
  readonly on?: string;
}

/**
 * Whether the policy of a resource denies a request, by what is in effect at the time: what was put has had its time to propagate, and
 * conditions on the time hold.
 */
export async function isDenied(
  resource: PolicyHolder,
  { action, principal, at, on = resource.arn }: Attempt,
): Promise<boolean> {
  const text = resource.policyInEffect(at);
  if (text === undefined) return false;
  return isDeniedExplicitly({
    role: principal,
    action,
    resource: on,
    region: resource.arn.split(':')[3] ?? '',
    at,
    identityPolicies: [],
    resourcePolicy: JSON.parse(text),
  });
}

/** Whether the managed policies of a role deny it a request. */
export async function isRoleDenied(
  account: Account,
  role: Role,
  { action, on, at, region }: Required<Pick<Attempt, 'action' | 'on' | 'at'>> & { readonly region: string },
): Promise<boolean> {
  return isDeniedExplicitly({
    role: role.arn,
    action,
    resource: on,
    region,
    at,
    identityPolicies: account.policiesInEffect(role, at),
  });
}

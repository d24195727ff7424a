import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { invalidParameter, lambdaError } from './errors.ts';
import { requireIdle } from './find-function.ts';
import { findPolicy, policyAccess, requireRevision } from './find-policy.ts';

const action = 'lambda:PutResourcePolicy';

/** Source: Developer Guide, "Lambda quotas", function resource-based policy. */
const maxBytes = 20_480;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: object;
}

/** Replaces the whole policy. */
export const putResourcePolicy: Operation<PutResourcePolicyRequest, PutResourcePolicyResponse> = {
  action,
  inputs: ['ResourceArn', 'Policy', 'RevisionId'],
  requires: ({ ResourceArn }, scope) => policyAccess(action, ResourceArn, scope),
  run: ({ ResourceArn, Policy = '', RevisionId }, scope) => {
    const { found, qualifier, policy } = findPolicy(ResourceArn, scope);
    const parsed = parsePolicy(Policy);
    requireIdle(found, scope);
    requireRevision(policy, RevisionId);
    // Written anew: nobody can rely on the text to come back as it was sent.
    found.setPolicy(JSON.stringify(parsed), qualifier);
    const { text, revision } = findPolicy(ResourceArn, scope).policy ?? {};
    return { Policy: text, RevisionId: revision };
  },
};

function parsePolicy(text: string): object {
  if (Buffer.byteLength(text) > maxBytes) {
    throw lambdaError(
      'PolicyLengthExceededException',
      `The final policy size (${Buffer.byteLength(text)}) is bigger than the limit (${maxBytes}).`,
    );
  }
  const policy = json(text);
  const statements = [policy?.Statement ?? []].flat();
  const isComplete = ({ Effect, Principal, Action, Resource }: Statement) =>
    (Effect === 'Allow' || Effect === 'Deny') &&
    [Principal, Action, Resource].every((one) => one !== undefined);
  if (policy === undefined || statements.length === 0 || !statements.every(isComplete)) {
    throw invalidParameter('The policy is not a valid resource-based policy document.');
  }
  if (statements.some(isPublic)) {
    throw lambdaError(
      'PublicPolicyException',
      'The resource-based policy you tried to add to the Lambda resource would grant public access to it.',
    );
  }
  return policy;
}

/** What a Deny denies to everybody is not public. */
function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  return Effect === 'Allow' && JSON.stringify(Principal).includes('"*"') && Condition === undefined;
}

function json(text: string): { readonly Statement?: Statement | readonly Statement[] } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

import type { DeleteResourcePolicyRequest } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { requireIdle } from './find-function.ts';
import { findPolicy, policyAccess, policyNotFound, requireRevision } from './find-policy.ts';

const action = 'lambda:DeleteResourcePolicy';

export const deleteResourcePolicy: Operation<DeleteResourcePolicyRequest, object> = {
  action,
  inputs: ['ResourceArn', 'RevisionId'],
  requires: ({ ResourceArn }, scope) => policyAccess(action, ResourceArn, scope),
  run: ({ ResourceArn, RevisionId }, scope) => {
    const { found, qualifier, policy } = findPolicy(ResourceArn, scope);
    requireIdle(found, scope);
    if (policy === undefined) throw policyNotFound();
    requireRevision(policy, RevisionId);
    found.setPolicy(undefined, qualifier);
    return {};
  },
};

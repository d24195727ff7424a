import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from '@aws-sdk/client-lambda';
import type { Operation } from '../service.ts';
import { findPolicy, policyAccess, policyNotFound } from './find-policy.ts';

const action = 'lambda:GetResourcePolicy';

export const getResourcePolicy: Operation<GetResourcePolicyRequest, GetResourcePolicyResponse> = {
  action,
  inputs: ['ResourceArn'],
  requires: ({ ResourceArn }, scope) => policyAccess(action, ResourceArn, scope),
  run: ({ ResourceArn }, scope) => {
    const { policy } = findPolicy(ResourceArn, scope);
    if (policy === undefined) throw policyNotFound();
    return { Policy: policy.text, RevisionId: policy.revision };
  },
};

import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam';
import { roleIdentity } from '../identity.ts';
import type { Operation } from '../service.ts';
import { findRole, roleAccess } from './find-role.ts';

const tagPrefix = 'aws:ResourceTag/';
const nameOf = (arn = '') => arn.split('/').at(-1);

/** Asks the authorizer what the role may. Without any, everything is allowed. */
export const simulatePrincipalPolicy: Operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
  action: 'iam:SimulatePrincipalPolicy',
  inputs: ['PolicySourceArn', 'ActionNames', 'ResourceArns', 'ContextEntries', 'MaxItems'],
  requires: ({ PolicySourceArn }, scope) => [
    roleAccess('iam:SimulatePrincipalPolicy', nameOf(PolicySourceArn), scope),
  ],
  run: async ({ PolicySourceArn, ActionNames = [], ResourceArns = ['*'], ContextEntries = [] }, scope) => {
    const role = findRole(nameOf(PolicySourceArn), scope);
    const session = { sessionPolicy: undefined, sourceIdentity: undefined, expiresAt: undefined };
    const values = new Map(
      ContextEntries.map(({ ContextKeyName = '', ContextKeyValues: [value = ''] = [] }) => [
        ContextKeyName,
        value,
      ]),
    );
    const tags = [...values].filter(([key]) => key.startsWith(tagPrefix));
    const isAllowed = async (action: string, resource: string) =>
      (await scope.authorize?.({
        identity: roleIdentity(role, 'simulated', session),
        account: role.account,
        region: values.get('aws:RequestedRegion') ?? scope.region.name,
        at: scope.now,
        ...{ action, resource },
        resourceTags: Object.fromEntries(tags.map(([key, value]) => [key.slice(tagPrefix.length), value])),
        context: Object.fromEntries([...values].filter(([key]) => !key.startsWith('aws:'))),
      })) ?? true;
    const asked = ActionNames.flatMap((action) => ResourceArns.map((resource) => ({ action, resource })));
    const decided = await Promise.all(asked.map(({ action, resource }) => isAllowed(action, resource)));
    return {
      IsTruncated: false,
      EvaluationResults: asked.map(({ action, resource }, index) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decided[index] === true ? 'allowed' : 'implicitDeny',
      })),
    };
  },
};

import type { Service } from '../service.ts';
import { getRole, listRoleTags } from './describe-role.ts';
import { iamErrors } from './errors.ts';
import { attachRolePolicy, detachRolePolicy, listAttachedRolePolicies } from './role-policies.ts';
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts';

export const iam: Service = {
  client: 'IAMClient',
  operations: [
    getRole,
    listRoleTags,
    listAttachedRolePolicies,
    attachRolePolicy,
    detachRolePolicy,
    simulatePrincipalPolicy,
  ],
  errors: iamErrors,
  region: 'us-east-1',
};

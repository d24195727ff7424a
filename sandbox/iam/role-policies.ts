import type {
  AttachRolePolicyRequest,
  DetachRolePolicyRequest,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../service.ts';
import type { Role } from '../sts/role.ts';
import { limitExceeded, noSuchEntity, unmodifiable } from './errors.ts';
import { findRole, roleAccess } from './find-role.ts';

/** The default quota. Source: IAM User Guide, "IAM and AWS STS quotas". */
const mostAttached = 10;

export const listAttachedRolePolicies: Operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse
> = {
  action: 'iam:ListAttachedRolePolicies',
  inputs: ['RoleName'],
  requires: ({ RoleName }, scope) => [roleAccess('iam:ListAttachedRolePolicies', RoleName, scope)],
  run: ({ RoleName }, scope) => ({
    AttachedPolicies: findRole(RoleName, scope)
      .attachments.readAt(scope.now)
      .map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
    IsTruncated: false,
  }),
};

export const attachRolePolicy: Operation<AttachRolePolicyRequest, object> = {
  action: 'iam:AttachRolePolicy',
  inputs: ['RoleName', 'PolicyArn'],
  requires: ({ RoleName, PolicyArn = '' }, scope) => [
    { ...roleAccess('iam:AttachRolePolicy', RoleName, scope), context: { 'iam:PolicyARN': PolicyArn } },
  ],
  run: ({ RoleName, PolicyArn = '' }, scope) => {
    const role = findRole(RoleName, scope);
    refuseServiceLinked(role);
    if (!scope.account(role.account)?.managedPolicies.has(PolicyArn)) {
      throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
    }
    const { attachments } = role;
    if (!attachments.latest.includes(PolicyArn) && attachments.latest.length >= mostAttached) {
      throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${mostAttached}`);
    }
    attachments.attach(PolicyArn, scope.now);
    return {};
  },
};

export const detachRolePolicy: Operation<DetachRolePolicyRequest, object> = {
  action: 'iam:DetachRolePolicy',
  inputs: ['RoleName', 'PolicyArn'],
  requires: ({ RoleName, PolicyArn = '' }, scope) => [
    { ...roleAccess('iam:DetachRolePolicy', RoleName, scope), context: { 'iam:PolicyARN': PolicyArn } },
  ],
  run: ({ RoleName, PolicyArn = '' }, scope) => {
    const role = findRole(RoleName, scope);
    refuseServiceLinked(role);
    if (!role.attachments.latest.includes(PolicyArn)) {
      throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    }
    role.attachments.detach(PolicyArn, scope.now);
    return {};
  },
};

/** "Only the linked service can": IAM API reference, UnmodifiableEntityException. */
function refuseServiceLinked({ name, path }: Role): void {
  if (!path.startsWith('/aws-service-role/')) return;
  throw unmodifiable(
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
}

import type {
  GetRoleRequest,
  GetRoleResponse,
  ListRoleTagsRequest,
  ListRoleTagsResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../service.ts';
import type { Trust } from '../sts/role.ts';
import { tagList } from '../tags.ts';
import { findRole, roleAccess } from './find-role.ts';

export const getRole: Operation<GetRoleRequest, GetRoleResponse> = {
  action: 'iam:GetRole',
  inputs: ['RoleName'],
  requires: ({ RoleName }, scope) => [roleAccess('iam:GetRole', RoleName, scope)],
  run: ({ RoleName }, scope) => {
    const { name, arn, account, path, trust, tags, createdAt, lastUsedAt } = findRole(RoleName, scope);
    return {
      Role: {
        Path: path,
        RoleName: name,
        RoleId: `AROA${account}SANDBOX`,
        Arn: arn,
        CreateDate: new Date(createdAt),
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trustPolicy(trust))),
        RoleLastUsed: lastUsedAt === undefined ? {} : { LastUsedDate: new Date(lastUsedAt) },
        ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
      },
    };
  },
};

export const listRoleTags: Operation<ListRoleTagsRequest, ListRoleTagsResponse> = {
  action: 'iam:ListRoleTags',
  inputs: ['RoleName'],
  requires: ({ RoleName }, scope) => [roleAccess('iam:ListRoleTags', RoleName, scope)],
  run: ({ RoleName }, scope) => ({ Tags: tagList(findRole(RoleName, scope).tags), IsTruncated: false }),
};

function trustPolicy({ principal, externalId, policy }: Trust): object {
  return (
    policy ?? {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: 'sts:AssumeRole',
          ...(externalId !== undefined && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
        },
      ],
    }
  );
}

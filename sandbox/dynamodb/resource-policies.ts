import type {
  DeleteResourcePolicyInput,
  DeleteResourcePolicyOutput,
  GetResourcePolicyInput,
  GetResourcePolicyOutput,
  PutResourcePolicyInput,
  PutResourcePolicyOutput,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { findControl, tableAccess } from './find-table.ts';
import { noPolicy } from './table-policy.ts';

export const getResourcePolicy: Operation<GetResourcePolicyInput, GetResourcePolicyOutput> = {
  action: 'dynamodb:GetResourcePolicy',
  inputs: ['ResourceArn'],
  requires: ({ ResourceArn }, scope) => [tableAccess('dynamodb:GetResourcePolicy', ResourceArn, scope)],
  run: ({ ResourceArn }, scope) => {
    const { arn, policy } = findControl(ResourceArn, scope);
    const revision = policy.readAt(scope.now);
    if (revision === undefined) throw noPolicy(arn);
    return { Policy: revision.text, RevisionId: revision.id };
  },
};

export const putResourcePolicy: Operation<PutResourcePolicyInput, PutResourcePolicyOutput> = {
  action: 'dynamodb:PutResourcePolicy',
  inputs: ['ResourceArn', 'Policy', 'ExpectedRevisionId'],
  requires: ({ ResourceArn }, scope) => [tableAccess('dynamodb:PutResourcePolicy', ResourceArn, scope)],
  run: ({ ResourceArn, Policy = '', ExpectedRevisionId }, scope) => {
    const { policy } = findControl(ResourceArn, scope);
    return { RevisionId: policy.put(Policy, ExpectedRevisionId, scope.now) };
  },
};

export const deleteResourcePolicy: Operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput> = {
  action: 'dynamodb:DeleteResourcePolicy',
  inputs: ['ResourceArn', 'ExpectedRevisionId'],
  requires: ({ ResourceArn }, scope) => [tableAccess('dynamodb:DeleteResourcePolicy', ResourceArn, scope)],
  run: ({ ResourceArn, ExpectedRevisionId }, scope) => {
    const { policy } = findControl(ResourceArn, scope);
    return { RevisionId: policy.delete(ExpectedRevisionId, scope.now) };
  },
};

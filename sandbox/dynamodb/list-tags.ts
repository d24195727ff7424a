import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { findControl, tableAccess } from './find-table.ts';

const action = 'dynamodb:ListTagsOfResource';

export const listTagsOfResource: Operation<ListTagsOfResourceInput, ListTagsOfResourceOutput> = {
  action,
  inputs: ['ResourceArn'],
  requires: ({ ResourceArn }, scope) => [tableAccess(action, ResourceArn, scope)],
  run: ({ ResourceArn }, scope) => ({ Tags: tagList(findControl(ResourceArn, scope).tags) }),
};

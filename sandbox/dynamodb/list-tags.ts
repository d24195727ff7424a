import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { controlAccess, findControl } from './find-control.ts';

const action = 'dynamodb:ListTagsOfResource';

export const listTagsOfResource: Operation<ListTagsOfResourceInput, ListTagsOfResourceOutput> = {
  action,
  inputs: ['ResourceArn'],
  requires: ({ ResourceArn }, scope) => [controlAccess(action, ResourceArn, scope)],
  run: ({ ResourceArn }, scope) => ({ Tags: tagList(findControl(ResourceArn, scope).tags) }),
};

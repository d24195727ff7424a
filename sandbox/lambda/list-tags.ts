import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda';
import type { Operation, Scope } from '../service.ts';
import { notFound } from './errors.ts';

const action = 'lambda:ListTags';

/** Of functions and of event source mappings, by ARN. */
export const listTags: Operation<ListTagsRequest, ListTagsResponse> = {
  action,
  inputs: ['Resource'],
  requires: ({ Resource }, scope) => [
    { action, resource: Resource ?? '*', resourceTags: tagsOf(Resource, scope) ?? {} },
  ],
  run: ({ Resource }, scope) => {
    const tags = tagsOf(Resource, scope);
    if (tags === undefined) throw notFound(`Function not found: ${Resource}`);
    return { Tags: tags };
  },
};

function tagsOf(arn: string | undefined, { region }: Scope) {
  const { functions } = region;
  return [...functions.all, ...functions.mappings.values()].find((one) => one.arn === arn)?.tags;
}

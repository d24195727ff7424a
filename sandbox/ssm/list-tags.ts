import type { ListTagsForResourceRequest, ListTagsForResourceResult } from '@aws-sdk/client-ssm';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { ssmError } from './errors.ts';
import { parameterAccess } from './get-parameter.ts';

const action = 'ssm:ListTagsForResource';

/** Of parameters, by name. */
export const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResult> = {
  action,
  inputs: ['ResourceType', 'ResourceId'],
  requires: ({ ResourceId }, scope) => [parameterAccess(action, ResourceId, scope)],
  run: ({ ResourceType, ResourceId = '' }, { region }) => {
    if (ResourceType !== 'Parameter') throw new NotImplemented(`the tags of a ${ResourceType}`);
    const parameter = region.parameters.get(ResourceId);
    if (parameter === undefined) {
      throw ssmError(
        'InvalidResourceId',
        "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
      );
    }
    return { TagList: tagList(parameter.tags) };
  },
};

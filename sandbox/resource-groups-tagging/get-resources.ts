import type {
  GetResourcesInput,
  GetResourcesOutput,
  TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { tagList } from '../tags.ts';
import { invalidParameter, taggingError } from './errors.ts';
import { type TaggedResource, taggedResources } from './tagged-resources.ts';

/** Source: API reference, GetResources, ResourcesPerPage, ResourceTypeFilters and TagFilters. */
const [maxPage, maxTypes, maxTagFilters, maxValues, maxArns] = [100, 100, 50, 20, 100];
/** Source: API reference, GetResources, ResourcesPerPage. */
const defaultPage = 50;

/**
 * "A query can return fewer than this maximum, even if there are more results": here each page looks at so many resources, and
 * returns those among them that fit. AWS follows changes of tags with a delay that it does not document; there is none here.
 */
export const getResources: Operation<GetResourcesInput, GetResourcesOutput> = {
  action: 'tag:GetResources',
  inputs: ['TagFilters', 'ResourceTypeFilters', 'ResourcesPerPage', 'PaginationToken', 'ResourceARNList'],
  run: (input, { region, now }) => {
    const {
      ResourceARNList: arns,
      TagFilters = [],
      ResourceTypeFilters: types = [],
      PaginationToken,
    } = input;
    const { ResourcesPerPage: size = defaultPage } = input;
    if (arns !== undefined) return byArn(arns, input, taggedResources(region, now));
    checkLimit('ResourcesPerPage', size, 1, maxPage);
    checkLimit('ResourceTypeFilters', types.length, 0, maxTypes);
    checkLimit('TagFilters', TagFilters.length, 0, maxTagFilters);
    for (const { Values = [] } of TagFilters) checkLimit('Values', Values.length, 0, maxValues);
    const { page, token = '' } = nextPage(taggedResources(region, now), {
      size,
      // The first page may be asked for by an empty token, as the last one answers with.
      token: PaginationToken === '' ? undefined : PaginationToken,
      invalidToken: () =>
        taggingError('PaginationTokenExpiredException', 'The pagination token is not valid.'),
    });
    return {
      PaginationToken: token,
      ResourceTagMappingList: page
        .filter((resource) => isOfType(resource, types) && TagFilters.every((one) => hasTag(resource, one)))
        .map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
    };
  },
};

/** "You can't specify both this parameter and the ResourceTypeFilters parameter", nor any other: API reference, ResourceARNList. */
function byArn(
  arns: readonly string[],
  input: GetResourcesInput,
  tagged: readonly TaggedResource[],
): GetResourcesOutput {
  checkLimit('ResourceARNList', arns.length, 1, maxArns);
  const { ResourceARNList: _, ...others } = input;
  if (Object.values(others).some((value) => value !== undefined)) {
    throw invalidParameter('ResourceARNList cannot be combined with other parameters');
  }
  return {
    PaginationToken: '',
    ResourceTagMappingList: tagged
      .filter(({ arn }) => arns.includes(arn))
      .map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
  };
}

function isOfType({ type }: TaggedResource, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((one) => one === type || type.startsWith(`${one}:`));
}

/** With one of the values, or with any where none is given. */
function hasTag({ tags }: TaggedResource, { Key = '', Values = [] }: TagFilter): boolean {
  const value = tags[Key];
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

function checkLimit(member: string, value: number, min: number, max: number): void {
  if (value < min || value > max) throw invalidParameter(`${member} must be between ${min} and ${max}`);
}

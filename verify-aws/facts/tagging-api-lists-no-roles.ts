import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { ownTag } from '../bench.ts';
import { doesNotHold, type Fact, holds } from '../fact.ts';

export const taggingApiListsNoRoles: Fact = {
  name: 'tagging-api-lists-no-roles',
  claim: 'The Resource Groups Tagging API does not list IAM roles, so the configuration must name them.',
  faults: ['iam-deny'],
  check: {
    creates: ['a role'],
    minutes: 2,
    cents: 0,
    run: async (bench) => {
      const { id, arns } = await bench.make.role();
      // It lists what is new after some seconds.
      await bench.sleep(60_000);
      const { ResourceTagMappingList = [] } = await bench
        .client(ResourceGroupsTaggingAPIClient)
        .send(new GetResourcesCommand({ TagFilters: [{ Key: ownTag.Key, Values: [ownTag.Value] }] }));
      return ResourceTagMappingList.some(({ ResourceARN }) => ResourceARN === arns.role)
        ? doesNotHold(`it lists ${id}`)
        : holds('a role with a tag is not listed after a minute');
    },
  },
};

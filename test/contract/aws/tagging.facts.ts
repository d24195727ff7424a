import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { createFunction } from './arrange-functions.ts';
import { type AccountUnderTest, type AwsUnderTest, type Fact, home } from './aws-under-test.ts';

export const title = 'Resource Groups Tagging API';

export function facts(fact: Fact): void {
  fact('resources are found by their tags; values are alternatives', async (account, aws) => {
    await createFunction(account, { name: 'a', tags: { app: 'a', stage: 'prod' } });
    await createFunction(account, { name: 'b', tags: { app: 'b' } });
    await createFunction(account, { name: 'c', tags: { app: 'c', stage: 'test' } });
    await createFunction(account, { name: 'untagged' });
    const by = (...TagFilters: { Key: string; Values?: string[] }[]) => names(account, aws, { TagFilters });
    expect(await by()).toEqual(['a', 'b', 'c']);
    expect(await by({ Key: 'app', Values: ['a', 'c'] })).toEqual(['a', 'c']);
    expect(await by({ Key: 'stage' })).toEqual(['a', 'c']);
    expect(await by({ Key: 'app', Values: ['a', 'b'] }, { Key: 'stage', Values: ['prod'] })).toEqual(['a']);
    expect(await by({ Key: 'app', Values: ['d'] })).toEqual([]);
  });

  fact('resources come with their ARN and their tags', async (account, aws) => {
    await createFunction(account, { name: 'web', tags: { app: 'web', stage: 'prod' } });
    const { ResourceTagMappingList = [] } = await client(account, aws).send(new GetResourcesCommand({}));
    expect(ResourceTagMappingList).toEqual([
      {
        ResourceARN: `arn:aws:lambda:${home}:${account.id}:function:web`,
        Tags: [
          { Key: 'app', Value: 'web' },
          { Key: 'stage', Value: 'prod' },
        ],
      },
    ]);
  });

  fact('resources are found by their service and type', async (account, aws) => {
    await createFunction(account, { name: 'web', tags: { app: 'web' } });
    await putParameter(account);
    const of = (...ResourceTypeFilters: string[]) => names(account, aws, { ResourceTypeFilters });
    expect(await of('lambda:function')).toEqual(['web']);
    expect(await of('lambda')).toEqual(['web']);
    expect(await of('lambda', 'ssm')).toHaveLength(2);
    expect(await of('dynamodb:table')).toEqual([]);
  });

  fact('pages hold all resources, each once', async (account, aws) => {
    const all = ['a', 'b', 'c'];
    for (const name of all) await createFunction(account, { name, tags: { app: name } });
    const seen: (string | undefined)[] = [];
    const pages = paginateGetResources({ client: client(account, aws), pageSize: 2 }, {});
    let count = 0;
    for await (const { ResourceTagMappingList = [] } of pages) {
      count += 1;
      seen.push(...ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN?.split(':').at(-1)));
    }
    expect(seen.toSorted()).toEqual(all);
    expect(count).toBe(2);
  });
}

function client(account: AccountUnderTest, aws: AwsUnderTest) {
  return aws.clients(ResourceGroupsTaggingAPIClient, account.scope());
}

async function names(account: AccountUnderTest, aws: AwsUnderTest, input: GetResourcesCommandInput) {
  const { ResourceTagMappingList = [] } = await client(account, aws).send(new GetResourcesCommand(input));
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN?.split(':').at(-1)).toSorted();
}

function putParameter(account: AccountUnderTest): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => {
      region.parameters.put({ name: '/web', value: '{}', type: 'String', tags: { app: 'web' } });
    },
    moto: async (motoClient) => {
      await motoClient(SSMClient).send(
        new PutParameterCommand({
          Name: '/web',
          Value: '{}',
          Type: 'String',
          Tags: [{ Key: 'app', Value: 'web' }],
        }),
      );
    },
  });
}

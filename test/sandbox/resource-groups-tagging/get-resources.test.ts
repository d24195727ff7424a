import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, test } from 'vitest';
import { aSandbox } from '../a-sandbox.ts';

const tags = { app: 'web' };

async function setUp() {
  const { clients, home, assume } = aSandbox();
  const client = clients(ResourceGroupsTaggingAPIClient, await assume());
  const get = async (input: GetResourcesCommandInput = {}) => {
    const { ResourceTagMappingList = [], PaginationToken } = await client.send(
      new GetResourcesCommand(input),
    );
    const arns = ResourceTagMappingList.map(({ ResourceARN = '' }) =>
      ResourceARN.split(':').slice(2).join(':'),
    );
    return { arns, PaginationToken };
  };
  return { home, get };
}

// What moto lists is something else: this is held to the API reference, GetResources.
describe('GetResources', () => {
  test('lists what has tags, whatever its service', async () => {
    const { home, get } = await setUp();
    home.functions.add({ name: 'web', tags });
    home.parameters.put({ name: '/web', value: '1', type: 'String', tags });
    home.documents.add({ name: 'Chaos-Undo', content: { schemaVersion: '2.2', mainSteps: [] }, tags });
    home.schedules.addGroup('chaos-undo', tags);
    const { id } = home.instance({ tags });
    home.instance();
    home.autoScalingGroup({ name: 'web', desired: 0, tags });
    const at = 'eu-west-1:222222222222';
    const { arns } = await get();
    expect(arns).toEqual([
      `lambda:${at}:function:web`,
      `ssm:${at}:parameter/web`,
      `ssm:${at}:document/Chaos-Undo`,
      `scheduler:${at}:schedule-group/chaos-undo`,
      `ec2:${at}:instance/${id}`,
    ]);
    expect((await get({ ResourceTypeFilters: ['ec2:instance', 'ssm:document'] })).arns).toHaveLength(2);
    expect((await get({ ResourceTypeFilters: ['ssm', 'lambda:func'] })).arns).toHaveLength(2);
    home.functions.delete('web');
    expect((await get()).arns).toEqual(arns.slice(1));
  });

  test('may answer with less than a page, and the last page has an empty token', async () => {
    const { home, get } = await setUp();
    for (const name of ['a', 'b', 'c']) home.functions.add({ name, tags: { app: name } });
    const TagFilters = [{ Key: 'app', Values: ['c'] }];
    const first = await get({ TagFilters, ResourcesPerPage: 2, PaginationToken: '' });
    expect(first.arns).toEqual([]);
    const { PaginationToken } = first;
    const second = await get({ TagFilters, ResourcesPerPage: 2, PaginationToken });
    expect(second).toEqual({ arns: [expect.stringMatching(/function:c$/)], PaginationToken: '' });
    await expect(get({ PaginationToken: 'made up' })).rejects.toMatchObject({
      name: 'PaginationTokenExpiredException',
    });
  });

  test('answers about ARNs with those that have tags', async () => {
    const { home, get } = await setUp();
    const [web, bare] = [home.functions.add({ name: 'web', tags }), home.functions.add({ name: 'bare' })];
    home.functions.add({ name: 'other', tags });
    expect(await get({ ResourceARNList: [web.arn, bare.arn, 'arn'] })).toEqual({
      arns: ['lambda:eu-west-1:222222222222:function:web'],
      PaginationToken: '',
    });
  });

  test('has limits', async () => {
    const { get } = await setUp();
    const many = (length: number) => Array.from({ length }, (_, n) => `${n}`);
    for (const input of [
      { ResourcesPerPage: 0 },
      { ResourcesPerPage: 101 },
      { ResourceTypeFilters: many(101) },
      { TagFilters: many(51).map((Key) => ({ Key })) },
      { TagFilters: [{ Key: 'app', Values: many(21) }] },
      { ResourceARNList: [] },
      { ResourceARNList: many(101) },
      { ResourceARNList: ['arn'], ResourceTypeFilters: ['sqs'] },
    ]) {
      await expect(get(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});

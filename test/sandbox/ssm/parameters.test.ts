import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import { aSandbox, region, target } from '../a-sandbox.ts';

async function setUp() {
  const asked: AuthorizationRequest[] = [];
  const { clients, home, assume } = aSandbox({ authorize: (request) => asked.push(request) > 0 });
  return { home, asked, ssm: clients(SSMClient, await assume()) };
}

// Source: Service Authorization Reference, AWS Systems Manager.
describe('PutParameter', () => {
  test('is authorized by the parameter’s tags, and by whether it overwrites', async () => {
    const { home, asked, ssm } = await setUp();
    home.parameters.put({ name: '/web', value: '1', type: 'String', tags: { app: 'web' } });
    await ssm.send(new PutParameterCommand({ Name: '/web', Value: '2', Overwrite: true }));
    await ssm.send(
      new PutParameterCommand({ Name: '/new', Value: '1', Type: 'String', Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    const arn = `arn:aws:ssm:${region}:${target}:parameter`;
    const action = 'ssm:PutParameter';
    expect(asked.slice(-3)).toMatchObject([
      {
        action,
        resource: `${arn}/web`,
        resourceTags: { app: 'web' },
        context: { 'ssm:Overwrite': 'true' },
      },
      { action, resource: `${arn}/new`, resourceTags: {}, context: { 'ssm:Overwrite': 'false' } },
      { action: 'ssm:AddTagsToResource', resource: `${arn}/new` },
    ]);
  });

  test('does not change the type', async () => {
    const { home, ssm } = await setUp();
    home.parameters.put({ name: '/web', value: '1', type: 'String' });
    await expect(
      ssm.send(new PutParameterCommand({ Name: '/web', Value: '2', Type: 'SecureString', Overwrite: true })),
    ).rejects.toThrow('the sandbox does not implement');
  });

  test('of somebody else shows in the version', async () => {
    const { home, ssm } = await setUp();
    await ssm.send(new PutParameterCommand({ Name: '/web', Value: '1', Type: 'String' }));
    home.parameters.put({ name: '/web', value: 'theirs', type: 'String' });
    const read = () => ssm.send(new GetParameterCommand({ Name: '/web' }));
    expect((await read()).Parameter).toMatchObject({ Value: 'theirs', Version: 2 });
    home.parameters.delete('/web');
    await expect(read()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
});

import {
  ApiGatewayV2Client,
  type Cors,
  CreateApiCommand,
  CreateStageCommand,
  DeleteCorsConfigurationCommand,
  GetApiCommand,
  GetApisCommand,
  GetStagesCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect } from 'vitest';
import type { AccountUnderTest, AwsUnderTest, Fact } from './aws-under-test.ts';

export const title = 'API Gateway v2';

const cors: Cors = {
  AllowCredentials: true,
  AllowHeaders: ['x-trace'],
  AllowMethods: ['GET', 'POST'],
  AllowOrigins: ['https://shop.example.com'],
  ExposeHeaders: ['etag'],
  MaxAge: 300,
};

export function facts(fact: Fact): void {
  fact('an API is described, alone and among all', async (account, aws) => {
    const { gateway, ApiId, get } = await api(account, aws);
    const described = {
      ApiId,
      Name: 'orders',
      ProtocolType: 'HTTP',
      CorsConfiguration: cors,
      Tags: { team: 'orders' },
      ApiEndpoint: `https://${ApiId}.execute-api.eu-west-1.amazonaws.com`,
    };
    expect(await get()).toMatchObject(described);
    const { Items } = await gateway.send(new GetApisCommand({}));
    expect(Items).toMatchObject([described]);
  });

  fact('stages tell whether they deploy automatically', async (account, aws) => {
    const { gateway, ApiId } = await api(account, aws);
    const { Items = [] } = await gateway.send(new GetStagesCommand({ ApiId }));
    expect(Items.map(({ StageName, AutoDeploy = false }) => [StageName, AutoDeploy])).toEqual([
      ['$default', true],
      ['by-hand', false],
    ]);
  });

  fact('CORS is replaced, deleted and set again', async (account, aws) => {
    const { gateway, ApiId, get } = await api(account, aws);
    const before = await get();
    const other: Cors = { AllowOrigins: ['https://chaos.invalid'] };
    await gateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: other }));
    expect((await get()).CorsConfiguration?.AllowOrigins).toEqual(other.AllowOrigins);
    await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    expect((await get()).CorsConfiguration).toBeUndefined();
    await gateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: cors }));
    expect(await get()).toEqual(before);
  });

  fact('an API that does not exist is not found', async (account, aws) => {
    const { gateway } = await api(account, aws);
    const nobody = { ApiId: 'nobody' };
    for (const command of [
      new GetApiCommand(nobody),
      new GetStagesCommand(nobody),
      new UpdateApiCommand({ ...nobody, CorsConfiguration: cors }),
      new DeleteCorsConfigurationCommand(nobody),
    ]) {
      await expect(gateway.send<never, never>(command as never)).rejects.toMatchObject({
        name: 'NotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  // Source: API Gateway Developer Guide, "Configure CORS for HTTP APIs".
  fact(
    'credentials are for named origins only, and answers are cached for a day at most',
    async (account, aws) => {
      const { gateway, ApiId, get } = await api(account, aws);
      const before = await get();
      for (const wrong of [{ AllowOrigins: ['*'] }, { MaxAge: 86_401 }]) {
        await expect(
          gateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: { ...cors, ...wrong } })),
        ).rejects.toMatchObject({ name: 'BadRequestException' });
      }
      expect(await get()).toEqual(before);
    },
    'takes any',
  );

  fact(
    'a WebSocket API has no CORS',
    async (account, aws) => {
      const { gateway } = await api(account, aws);
      const ApiId = await account.arrange({
        sandbox: ({ region }) => region.apis.add({ name: 'chat', protocol: 'WEBSOCKET' }).id,
        moto: async () => '',
      });
      await expect(
        gateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: cors })),
      ).rejects.toMatchObject({ name: 'BadRequestException' });
    },
    'gives it one',
  );

  fact(
    'APIs are listed in pages',
    async (account, aws) => {
      const { gateway } = await api(account, aws);
      await account.arrange({
        sandbox: ({ region }) => region.apis.add({ name: 'payments' }),
        moto: async () => {},
      });
      const first = await gateway.send(new GetApisCommand({ MaxResults: '1' }));
      const second = await gateway.send(new GetApisCommand({ MaxResults: '1', NextToken: first.NextToken }));
      expect([first, second].flatMap(({ Items = [] }) => Items.map(({ Name }) => Name))).toEqual([
        'orders',
        'payments',
      ]);
      expect(second.NextToken).toBeUndefined();
      await expect(gateway.send(new GetApisCommand({ NextToken: 'made-up' }))).rejects.toMatchObject({
        name: 'BadRequestException',
      });
    },
    'lists all of them',
  );
}

async function api(account: AccountUnderTest, aws: AwsUnderTest) {
  const tags = { team: 'orders' };
  const ApiId = await account.arrange({
    sandbox: ({ region }) =>
      region.apis.add({
        name: 'orders',
        tags,
        cors,
        stages: [
          { name: '$default', autoDeploy: true },
          { name: 'by-hand', autoDeploy: false },
        ],
      }).id,
    moto: async (client) => {
      const gateway = client(ApiGatewayV2Client);
      const created = await gateway.send(
        new CreateApiCommand({ Name: 'orders', ProtocolType: 'HTTP', CorsConfiguration: cors, Tags: tags }),
      );
      for (const [StageName, AutoDeploy] of [
        ['$default', true],
        ['by-hand', false],
      ] as const) {
        await gateway.send(new CreateStageCommand({ ApiId: created.ApiId, StageName, AutoDeploy }));
      }
      return created.ApiId ?? '';
    },
  });
  const gateway = aws.clients(ApiGatewayV2Client, account.scope());
  return {
    gateway,
    ApiId,
    get: async () => {
      const { $metadata: _, ...described } = await gateway.send(new GetApiCommand({ ApiId }));
      return described;
    },
  };
}

import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateStageCommand,
  GetApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { ApiSeed } from '#sandbox/api-gateway/http-api.ts';
import { home } from '../../../contract/aws/aws-under-test.ts';
import { optIn, type StrikeWorld } from '../a-strike-world.ts';
import type { FaultCase, StruckResource } from '../fault-case.ts';

const shop = 'https://shop.example.com';

const named =
  (seed: Omit<ApiSeed, 'name'>) =>
  (world: StrikeWorld): StruckResource => {
    const { apis } = world.region;
    const api = apis.add({ name: 'shop', tags: optIn, ...seed });
    return {
      find: () => world.find(api.id),
      describe: () => ({ cors: api.cors, stages: api.stages }),
      // Once what it is now has been deployed.
      isBroken: () => {
        const { AllowOrigins = [] } = api.corsInEffect('$default', Number.POSITIVE_INFINITY) ?? {};
        return !AllowOrigins.some((origin) => origin === '*' || origin === shop);
      },
      change: () => api.setCors({ AllowOrigins: [shop, 'https://new.example.com'] }, world.clock.now()),
      delete: () => apis.delete(api.id),
      setTags: (tags) => {
        api.tags = tags;
      },
    };
  };

const parameters = { minutes: 5 };
const cors = {
  AllowCredentials: true,
  AllowHeaders: ['authorization', 'content-type'],
  AllowMethods: ['GET', 'POST'],
  AllowOrigins: [shop],
  ExposeHeaders: ['etag'],
  MaxAge: 300,
};

export const faultCase: FaultCase = {
  variants: [
    { title: 'with all that CORS has', parameters, create: named({ cors }) },
    { title: 'with any origin', parameters, create: named({ cors: { AllowOrigins: ['*'] } }) },
  ],
  unfit: [
    { title: 'of WebSockets', parameters, reason: /WEBSOCKET/, create: named({ protocol: 'WEBSOCKET' }) },
    { title: 'without CORS', parameters, reason: /no CORS configuration/, create: named({}) },
    {
      title: 'that no origin may call',
      parameters,
      reason: /lets no origin/,
      create: named({ cors: { AllowMethods: ['GET'] } }),
    },
    {
      title: 'that another strike has left',
      parameters,
      reason: /another strike/,
      create: named({ cors: { AllowOrigins: ['https://chaos-0123456789abcdef.invalid'] } }),
    },
    {
      title: 'that is deployed by hand',
      parameters,
      reason: /deploys automatically/,
      create: named({ cors, stages: [{ name: 'live', autoDeploy: false }] }),
    },
  ],
  onMoto: {
    parameters,
    create: async (account, clients) => {
      const client = clients(ApiGatewayV2Client, account.scope());
      const api = { Name: 'shop', ProtocolType: 'HTTP', CorsConfiguration: cors } as const;
      const { ApiId = '' } = await client.send(new CreateApiCommand(api));
      await client.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
      return {
        target: { id: ApiId, arns: { api: `arn:aws:apigateway:${home}::/apis/${ApiId}` } },
        describe: async () => {
          const { $metadata, ...described } = await client.send(new GetApiCommand({ ApiId }));
          return described;
        },
      };
    },
  },
};

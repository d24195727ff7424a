import {
  ApiGatewayV2Client,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { doesNotHold, type Fact, holds, notTried } from '../fact.ts';
import { whenSo } from '../shared/struck.ts';
import { corsOfApi } from '../targets.ts';

const before = 'https://shop.example.com';
const changed = 'https://changed.example.com';

export const corsTakesADeployment: Fact = {
  name: 'cors-takes-a-deployment',
  claim: 'Where no stage of an HTTP API deploys automatically, a change of its CORS waits for a deployment.',
  faults: ['api-cors'],
  check: {
    creates: ['an HTTP API with a route to example.com'],
    minutes: 4,
    cents: 0.1,
    run: async (bench) => {
      const { id: ApiId } = await bench.make.httpApi({ autoDeploy: false });
      if (bench.isSandbox) return notTried('the sandbox answers no browser');
      const apis = bench.client(ApiGatewayV2Client);
      const { IntegrationId } = await apis.send(
        new CreateIntegrationCommand({
          ApiId,
          IntegrationType: 'HTTP_PROXY',
          IntegrationMethod: 'GET',
          IntegrationUri: 'https://example.com/',
          PayloadFormatVersion: '1.0',
        }),
      );
      const route = { ApiId, RouteKey: 'GET /', Target: `integrations/${IntegrationId}` };
      await apis.send(new CreateRouteCommand(route));
      const deploy = () => apis.send(new CreateDeploymentCommand({ ApiId, StageName: '$default' }));
      const url = `https://${ApiId}.execute-api.${bench.region}.amazonaws.com/`;
      const allows = async (origin: string) => {
        const headers = { origin, 'access-control-request-method': 'GET' };
        const answer = await fetch(url, { method: 'OPTIONS', headers });
        return answer.headers.get('access-control-allow-origin') === origin;
      };
      const within = (ms: number, origin: string) =>
        whenSo(bench, bench.clock.now() + ms, () => allows(origin));

      await deploy();
      if ((await within(60_000, before)) === undefined) throw new Error('the API answered no preflight');
      await apis.send(
        new UpdateApiCommand({ ApiId, CorsConfiguration: { ...corsOfApi(), AllowOrigins: [changed] } }),
      );
      if ((await within(60_000, changed)) !== undefined) return doesNotHold('it changed without one');
      await deploy();
      return (await within(60_000, changed)) === undefined
        ? doesNotHold('it had not changed a minute after the deployment either')
        : holds('it changed after the deployment, and not in the minute before');
    },
  },
};

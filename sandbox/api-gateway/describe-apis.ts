import type {
  GetApiRequest,
  GetApiResponse,
  GetApisRequest,
  GetApisResponse,
  GetStagesRequest,
  GetStagesResponse,
} from '@aws-sdk/client-apigatewayv2';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { badRequest } from './errors.ts';
import { apiAccess, findApi } from './find-api.ts';
import type { HttpApi } from './http-api.ts';

/** AWS does not document its default: it is small here, so that code that does not page fails. */
const defaultPage = 25;

export const getApis: Operation<GetApisRequest, GetApisResponse> = {
  action: 'apigateway:GetApis',
  inputs: ['MaxResults', 'NextToken'],
  requires: (_input, { region }) => [{ action: 'apigateway:GET', resource: region.apis.arnOfAll }],
  run: ({ MaxResults = String(defaultPage), NextToken }, { region }) => {
    const size = Number(MaxResults);
    if (!Number.isInteger(size) || size < 1) throw badRequest('Invalid value for maxResults');
    const { page, token } = nextPage(region.apis.all, {
      size,
      token: NextToken,
      invalidToken: () => badRequest('Invalid value for nextToken'),
    });
    const Items = page.map((api) => ({
      ...apiOutput(api, region.name),
      Name: api.name,
      ProtocolType: api.protocol,
      RouteSelectionExpression: routeSelection,
    }));
    return { Items, ...(token !== undefined && { NextToken: token }) };
  },
};

export const getApi: Operation<GetApiRequest, GetApiResponse> = {
  action: 'apigateway:GetApi',
  inputs: ['ApiId'],
  requires: ({ ApiId }, scope) => [apiAccess('GET', ApiId, scope)],
  run: ({ ApiId }, scope) => apiOutput(findApi(ApiId, scope), scope.region.name),
};

export const getStages: Operation<GetStagesRequest, GetStagesResponse> = {
  action: 'apigateway:GetStages',
  inputs: ['ApiId'],
  requires: ({ ApiId }, scope) => [apiAccess('GET', ApiId, scope, '/stages')],
  run: ({ ApiId }, scope) => ({
    Items: findApi(ApiId, scope).stages.map(({ name, autoDeploy }) => ({
      StageName: name,
      AutoDeploy: autoDeploy,
    })),
  }),
};

const routeSelection = '$request.method $request.path';

export function apiOutput(api: HttpApi, region: string): GetApiResponse {
  const { id, name, protocol, cors, tags, createdAt } = api;
  return {
    ApiId: id,
    Name: name,
    ProtocolType: protocol,
    RouteSelectionExpression: routeSelection,
    ApiEndpoint: `${protocol === 'HTTP' ? 'https' : 'wss'}://${id}.execute-api.${region}.amazonaws.com`,
    CreatedDate: new Date(createdAt),
    Tags: { ...tags },
    ...(cors !== undefined && { CorsConfiguration: structuredClone(cors) }),
  };
}

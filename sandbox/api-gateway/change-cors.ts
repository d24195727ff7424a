import type {
  Cors,
  DeleteCorsConfigurationRequest,
  UpdateApiRequest,
  UpdateApiResponse,
} from '@aws-sdk/client-apigatewayv2';
import type { Operation } from '../service.ts';
import { apiOutput } from './describe-apis.ts';
import { badRequest } from './errors.ts';
import { apiAccess, findApi } from './find-api.ts';

/** A day. Source: API Gateway v2 API reference, Cors, maxAge. */
const maxAgeSeconds = 86_400;

/** Of all that can be updated, only CORS. It replaces what was there as a whole. */
export const updateApi: Operation<UpdateApiRequest, UpdateApiResponse> = {
  action: 'apigateway:UpdateApi',
  inputs: ['ApiId', 'CorsConfiguration'],
  requires: ({ ApiId }, scope) => [apiAccess('PATCH', ApiId, scope)],
  run: ({ ApiId, CorsConfiguration }, scope) => {
    const api = findApi(ApiId, scope);
    if (CorsConfiguration !== undefined) {
      if (api.protocol !== 'HTTP') throw badRequest('Cors configuration is only supported for HTTP APIs');
      check(CorsConfiguration);
      api.setCors(CorsConfiguration, scope.now);
    }
    return apiOutput(api, scope.region.name);
  },
};

export const deleteCorsConfiguration: Operation<DeleteCorsConfigurationRequest, object> = {
  action: 'apigateway:DeleteCorsConfiguration',
  inputs: ['ApiId'],
  requires: ({ ApiId }, scope) => [apiAccess('DELETE', ApiId, scope, '/cors')],
  run: ({ ApiId }, scope) => {
    findApi(ApiId, scope).setCors(undefined, scope.now);
    return {};
  },
};

/** Source: API Gateway Developer Guide, "Configure CORS for HTTP APIs". */
function check({ AllowCredentials, AllowOrigins = [], MaxAge = 0 }: Cors): void {
  if (AllowCredentials === true && AllowOrigins.includes('*')) {
    throw badRequest('allow-credentials is not supported when allow-origin is *');
  }
  if (MaxAge < -1 || MaxAge > maxAgeSeconds) {
    throw badRequest(`max-age must be between -1 and ${maxAgeSeconds}`);
  }
}

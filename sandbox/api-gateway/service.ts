import type { Service } from '../service.ts';
import { deleteCorsConfiguration, updateApi } from './change-cors.ts';
import { getApi, getApis, getStages } from './describe-apis.ts';
import { apiGatewayErrors } from './errors.ts';

export const apiGateway: Service = {
  client: 'ApiGatewayV2Client',
  operations: [getApis, getApi, getStages, updateApi, deleteCorsConfiguration],
  errors: apiGatewayErrors,
};

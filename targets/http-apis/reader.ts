import { lookUp } from '#core/util/lookup.ts';
import { sumOfHour } from '../shared/sum-of-hour.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { httpApis, loneHttpApi } from './kind.ts';
import type { HttpApiTypes } from './model.ts';

/** Reads APIs by the Tagging API, and those that are drawn by CloudWatch. */
export const httpApisReader = taggedReader<HttpApiTypes>({
  of: httpApis,
  lone: loneHttpApi,
  resourceType: 'apigateway:apis',
  inspect: async ({ name }, look, now) => ({
    requests: await lookUp(sumOfHour(requestsOf(name), look, now)),
  }),
});

/** Source: API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs in API Gateway". */
function requestsOf(id: string) {
  return { namespace: 'AWS/ApiGateway', metric: 'Count', dimension: ['ApiId', id] } as const;
}

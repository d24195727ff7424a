import * as z from 'zod';
import type { Kind } from '#core/ports/kind.ts';
import { available } from '#core/util/lookup.ts';
import { fitLone, type LoneKind, loneKind } from '../shared/lone-group.ts';
import { httpApiGuards } from './guards/index.ts';
import type { HttpApiTypes } from './model.ts';

export const loneHttpApi: LoneKind = {
  kind: 'http-api',
  groupKind: 'http-api',
  what: 'API',
  resource: 'api',
  // Without an account. Source: API Gateway Developer Guide, "Amazon Resource Name (ARN) reference".
  arnOf: ({ partition, region }, id) => `arn:${partition}:apigateway:${region}::/apis/${id}`,
  otherArns: ({ arn }) => ({ apiStages: `${arn}/stages` }),
};

/** HTTP APIs of API Gateway, each a group of one, by id. A WebSocket API is listed like one, and no fault fits it. */
export const httpApis = {
  kind: 'http-api',
  groupKinds: ['http-api'],
  facts: z.object({}),
  arnPatterns: {
    api: ({ partition }) => `arn:${partition}:apigateway:*::/apis/*`,
    apiStages: ({ partition }) => `arn:${partition}:apigateway:*::/apis/*/stages`,
  },
  // Stages, routes, integrations, authorizers and the like: an action that changes the API changes these.
  partPatterns: { api: ({ partition }) => `arn:${partition}:apigateway:*::/apis/*/*` },
  readPermissions: [
    { action: 'cloudformation:DescribeStacks' },
    { action: 'cloudwatch:DescribeAlarms' },
    { action: 'cloudwatch:GetMetricData' },
    { action: 'fis:GetSafetyLever' },
    { action: 'tag:GetResources' },
  ],
  guards: httpApiGuards,
  ...loneKind<HttpApiTypes>(loneHttpApi),
  fit: (which, tags) => {
    const { group, inspection } = fitLone(which, tags, loneHttpApi);
    return { group, inspection: { ...inspection, requests: available(1) } };
  },
} as const satisfies Kind<HttpApiTypes>;

export type HttpApis = typeof httpApis;

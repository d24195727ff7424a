import { isDeepStrictEqual } from 'node:util';
import {
  ApiGatewayV2Client,
  type Cors,
  GetApiCommand,
  GetStagesCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { StrikeRef } from '#core/model/lasting.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { HttpApis } from '#targets/http-apis/kind.ts';
import { minutes } from '../shared/minutes.ts';

const Parameters = z.strictObject({ minutes });

const Saved = z.strictObject({
  /** The API's whole CORS configuration. */
  before: z.looseObject({
    AllowCredentials: z.boolean().exactOptional(),
    AllowHeaders: z.array(z.string()).exactOptional(),
    AllowMethods: z.array(z.string()).exactOptional(),
    AllowOrigins: z.array(z.string()).exactOptional(),
    ExposeHeaders: z.array(z.string()).exactOptional(),
    MaxAge: z.int().exactOptional(),
  }),
});

export const apiCors: LastingFault<HttpApis, z.infer<typeof Parameters>, z.infer<typeof Saved>> = {
  name: 'api-cors',
  summary: 'Lets no origin call an HTTP API: browsers refuse its answers, and other clients notice nothing.',
  kind: 'http-api',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 0,
  leaves:
    'two automatic deployments of the API. Browsers that remember a preflight may notice the fault late',
  wide: 'any change of the API itself, as API Gateway has one action for all of them: of one that was created with a target, also where its requests go',
  ends: {
    by: 'schedule',
    calls: (_strike, { id }, { before }) => [
      {
        service: 'apigatewayv2',
        action: 'updateApi',
        input: { ApiId: id, CorsConfiguration: before },
      },
    ],
  },
  permissions: [
    { action: 'apigateway:GET', on: 'api', phases: ['prepare', 'inject', 'undo'] },
    { action: 'apigateway:GET', on: 'apiStages', untagged: true, phases: ['prepare'] },
    { action: 'apigateway:PATCH', on: 'api', phases: ['inject', 'undo'] },
  ],

  prepare: async (aws, { id, arns }) => {
    const client = aws.client(ApiGatewayV2Client);
    const { ProtocolType, CorsConfiguration: before } = await client.send(new GetApiCommand({ ApiId: id }));
    if (ProtocolType !== 'HTTP') return { unfit: `it is a ${ProtocolType} API, which has no CORS` };
    if (before === undefined) return { unfit: 'it has no CORS configuration that could be broken' };
    const { AllowOrigins = [] } = before;
    if (AllowOrigins.length === 0) return { unfit: 'its CORS configuration lets no origin call it already' };
    if (AllowOrigins.some((origin) => /^https:\/\/chaos-[0-9a-f]{16}\.invalid$/.test(origin))) {
      return { unfit: 'its CORS configuration is that of another strike' };
    }
    const { Items = [] } = await client.send(new GetStagesCommand({ ApiId: id }));
    if (!Items.some(({ AutoDeploy }) => AutoDeploy)) {
      return { unfit: 'none of its stages deploys automatically, so a change would not take effect' };
    }
    const arn = arns.api ?? '';
    return { saved: { before: Saved.shape.before.parse(before) }, locks: [arn], hits: [arn] };
  },

  inject: async ({ client, strike }, { id }, _parameters, { before }) => {
    const command = new UpdateApiCommand({ ApiId: id, CorsConfiguration: corsOf(strike, before) });
    await client(ApiGatewayV2Client).send(command);
  },

  observe: async (aws, { id }, { before }, strike) => {
    try {
      const now = await readCors(aws, id);
      if (isSameCors(now, corsOf(strike, before))) return 'ours';
      return isSameCors(now, before) ? 'before' : 'other';
    } catch (error) {
      if (codeOf(error) === 'NotFoundException') return 'gone';
      throw error;
    }
  },

  undo: async (hand, { id }, { before }) => {
    try {
      const now = await readCors(hand, id);
      if (isSameCors(now, before)) return { outcome: 'undone' };
      if (!isSameCors(now, corsOf(hand.strike, before))) return { outcome: 'contested' };
      const command = new UpdateApiCommand({ ApiId: id, CorsConfiguration: before });
      await hand.client(ApiGatewayV2Client).send(command);
      return { outcome: 'undone' };
    } catch (error) {
      if (codeOf(error) === 'NotFoundException') return { outcome: 'gone' };
      throw error;
    }
  },

  byHand: (_strike, { id, region }, { before }) => [
    `aws apigatewayv2 update-api --api-id ${id} --cors-configuration '${JSON.stringify(before)}' --region ${region}`,
  ],
};

/** An origin that cannot exist, as `.invalid` is nobody's (RFC 2606), and that tells which strike it is of. */
function corsOf({ id }: StrikeRef, before: Cors): Cors {
  return { ...before, AllowOrigins: [`https://chaos-${id}.invalid`] };
}

/** A member that is left out is as good as an empty one: AWS may answer with either. */
function isSameCors(one: Cors | undefined, other: Cors): boolean {
  return isDeepStrictEqual(withoutEmpty(one), withoutEmpty(other));
}

function withoutEmpty(cors: Cors = {}) {
  return Object.fromEntries(Object.entries(cors).filter(([, value]) => value && value.length !== 0));
}

async function readCors(aws: Injector, ApiId: string): Promise<Cors | undefined> {
  const { CorsConfiguration } = await aws.client(ApiGatewayV2Client).send(new GetApiCommand({ ApiId }));
  return CorsConfiguration;
}

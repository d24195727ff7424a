import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { CORSRule } from '@aws-sdk/client-s3';
import { groupKey } from '#core/model/group.ts';
import type { Target } from '#core/model/target.ts';
import type { Bench } from './bench.ts';

/** A resource of the account as faults know it. */
export function targetOf(
  { account, region }: Pick<Bench, 'account' | 'region'>,
  kind: string,
  id: string,
  arns: Target['arns'],
): Target {
  const group = groupKey({ account, region, kind: 'verify', name: id });
  return { kind, id, arns, account, region, group, facts: {} };
}

/** All members that a rule can have, so that nothing of them is lost. */
export function corsRules(): CORSRule[] {
  return [
    {
      ID: 'shop',
      AllowedOrigins: ['https://shop.example.com'],
      AllowedMethods: ['GET', 'PUT'],
      AllowedHeaders: ['*'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: 300,
    },
  ];
}

export function corsOfApi(): Cors {
  return {
    AllowOrigins: ['https://shop.example.com'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['content-type'],
    ExposeHeaders: ['etag'],
    MaxAge: 300,
    AllowCredentials: true,
  };
}

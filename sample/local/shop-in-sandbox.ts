import type { Tags } from '#core/model/group.ts';
import { functionTag, parameterVariable } from '#layer/parameter.ts';
import type { HttpApi } from '#sandbox/api-gateway/http-api.ts';
import type { Bucket } from '#sandbox/s3/bucket.ts';
import type { Region } from '#sandbox/state/region.ts';
import { parameterOf, type ShopFunction, shopFunctions } from './shop-functions.ts';

const minuteMs = 60_000;
const imageCount = 6;

/**
 * Puts into the sandbox what the shop's stack would create. `answer`: what runs a function. `tags`: on all of it. `origin`: of the
 * page.
 */
export function shopInSandbox(
  region: Region,
  {
    tags,
    origin,
    answer,
    now,
  }: {
    readonly tags: Tags;
    readonly origin: string;
    readonly answer: (name: ShopFunction['name'], event: unknown) => Promise<unknown>;
    /** Epoch ms. */
    readonly now: number;
  },
): { readonly api: HttpApi; readonly bucket: Bucket } {
  /** What nobody uses is not struck. */
  const use = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>) =>
    region.metrics.put({ namespace, name, dimensions, at: now - 30 * minuteMs, value: 1_000 });

  for (const { name } of shopFunctions) {
    const parameter = parameterOf({ name });
    region.parameters.put({
      ...{ name: parameter, value: '{}', type: 'String' },
      tags: { ...tags, [functionTag]: name },
    });
    region.functions.add({
      ...{ name, tags, environment: { [parameterVariable]: parameter } },
      answer: (event) => answer(name, event),
    });
    use('AWS/Lambda', 'Invocations', { FunctionName: name });
  }
  const table = region.table({ name: 'images', partitionKey: 'id', tags });
  for (let id = 1; id <= imageCount; id += 1) {
    table.put({ id: { S: `${id}` }, url: { S: `https://images.example.com/${id}.jpg` }, likes: { N: '0' } });
  }
  use('AWS/DynamoDB', 'ConsumedReadCapacityUnits', { TableName: 'images' });
  const api = region.apis.add({ name: 'shop', tags, cors: { AllowOrigins: [origin], AllowMethods: ['*'] } });
  use('AWS/ApiGateway', 'Count', { ApiId: api.id });
  return { api, bucket: region.buckets.add({ name: 'shop-page', tags, abac: true }) };
}

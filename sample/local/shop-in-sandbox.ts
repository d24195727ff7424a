import type { Tags } from '#core/model/group.ts';
import { functionTag, parameterFolder, parameterVariable } from '#layer/parameter.ts';
import type { LambdaFunction } from '#sandbox/lambda/function.ts';
import type { Region } from '#sandbox/state/region.ts';

export const functionNames = ['listImages', 'likeImage', 'shareImage'] as const;
export type FunctionName = (typeof functionNames)[number];

/** The name of the role that each function acts with. */
export const roleName = 'shop';

const minuteMs = 60_000;
const imageCount = 6;

/** Puts into the sandbox what the shop's stack would create. `answers`: what runs the functions. `tags`: on all of it. */
export function shopInSandbox(
  region: Region,
  tags: Tags,
  answers: Readonly<Record<FunctionName, LambdaFunction['answer']>>,
  now: number,
): void {
  for (const name of functionNames) {
    const parameter = parameterOf(name);
    region.functions.add({
      name,
      tags,
      environment: { [parameterVariable]: parameter },
      answer: answers[name],
    });
    region.parameters.put({
      name: parameter,
      value: '{}',
      type: 'String',
      tags: { ...tags, [functionTag]: name },
    });
    inUse(region, now, 'AWS/Lambda', 'Invocations', { FunctionName: name });
  }
  const table = region.table({ name: 'images', partitionKey: 'id', tags });
  for (let id = 1; id <= imageCount; id += 1) {
    table.put({ id: { S: `${id}` }, url: { S: `https://images.example.com/${id}.jpg` }, likes: { N: '0' } });
  }
  inUse(region, now, 'AWS/DynamoDB', 'ConsumedReadCapacityUnits', { TableName: 'images' });
}

export function parameterOf(name: FunctionName): string {
  return `${parameterFolder}${name}`;
}

/** What nobody uses is not struck. */
function inUse(
  { metrics }: Region,
  now: number,
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): void {
  metrics.put({ namespace, name, dimensions, at: now - 30 * minuteMs, value: 1_000 });
}

import type { Tags } from '#core/model/group.ts';
import { functionTag, parameterFolder, parameterVariable } from '#layer/parameter.ts';
import type { Region } from '#sandbox/state/region.ts';

const usedMsAgo = 30 * 60_000;

/** A function with the failure layer that is in use, and its parameter, with the same tags. Returns the parameter's name. */
export function addLayeredFunction(
  region: Region,
  { name, tags, now }: { readonly name: string; readonly tags: Tags; readonly now: number },
): string {
  const parameter = `${parameterFolder}${name}`;
  region.functions.add({ name, tags, environment: { [parameterVariable]: parameter } });
  region.parameters.put({
    name: parameter,
    value: '{}',
    type: 'String',
    tags: { ...tags, [functionTag]: name },
  });
  region.metrics.put({
    ...{ namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: name } },
    at: now - usedMsAgo,
    value: 1_000,
  });
  return parameter;
}

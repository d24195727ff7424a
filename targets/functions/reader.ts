import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lookUp } from '#core/util/lookup.ts';
import type { ReadClients } from '../read-clients.ts';
import { sumOfHour } from '../shared/sum-of-hour.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { functions, loneFunction } from './kind.ts';
import type { FunctionConfiguration, FunctionTypes } from './model.ts';

/** Reads functions by the Tagging API, and those that are drawn by Lambda and CloudWatch. */
export const functionsReader = taggedReader<FunctionTypes>({
  of: functions,
  lone: loneFunction,
  resourceType: 'lambda:function',
  inspect: async ({ name }, look, now) => {
    const [configuration, invocations] = await Promise.all([
      lookUp(readConfiguration(name, look)),
      lookUp(sumOfHour(invocationsOf(name), look, now)),
    ]);
    return { configuration, invocations };
  },
});

async function readConfiguration(name: string, look: ReadClients): Promise<FunctionConfiguration> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const { State = 'unknown', LastUpdateStatus = 'unknown' } = await look(LambdaClient).send(command);
  return { state: State, lastUpdate: LastUpdateStatus };
}

/** Source: Lambda Developer Guide, "Types of metrics for Lambda functions". */
function invocationsOf(name: string) {
  return { namespace: 'AWS/Lambda', metric: 'Invocations', dimension: ['FunctionName', name] } as const;
}

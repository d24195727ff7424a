import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import pMap from 'p-map';
import { lookUp } from '#core/util/lookup.ts';
import { parameterFolder, parameterVariable } from '#layer/parameter.ts';
import type { KindReader } from '../kind-reader.ts';
import type { ReadClients } from '../read-clients.ts';
import { sumOfLastHour } from '../shared/sum-of-metrics.ts';
import { taggedReader } from '../shared/tagged-reader.ts';
import { functions, loneFunction } from './kind.ts';
import type { FunctionConfiguration, FunctionTypes } from './model.ts';

/** Reads functions by the Tagging API, and those that are drawn by Lambda and CloudWatch. */
const reader = taggedReader<FunctionTypes>({
  of: functions,
  lone: loneFunction,
  resourceType: 'lambda:function',
  inspect: async ({ name }, look, now) => {
    const [configuration, invocations] = await Promise.all([
      lookUp(readConfiguration(name, look)),
      // Source: Lambda Developer Guide, "Types of metrics for Lambda functions".
      lookUp(
        sumOfLastHour(look, now, {
          namespace: 'AWS/Lambda',
          names: ['Invocations'],
          dimensions: [[{ Name: 'FunctionName', Value: name }]],
        }),
      ),
    ]);
    return { configuration, invocations };
  },
});

export const functionsReader: KindReader<FunctionTypes> = {
  ...reader,
  // Those that have not opted in are no groups, and their configurations are not to be read.
  actingAs: async (roleArn, look, place, tags) => {
    const groups = await reader.optedIn(look, place, tags);
    const roles = await pMap(groups, ({ name }) => readRole(name, look), { concurrency: callsAtOnce });
    return groups.filter((_, index) => roles[index] === roleArn);
  },
};

const callsAtOnce = 8;

async function readRole(name: string, look: ReadClients): Promise<string | undefined> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  return (await look(LambdaClient).send(command)).Role;
}

async function readConfiguration(name: string, look: ReadClients): Promise<FunctionConfiguration> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const answer = await look(LambdaClient).send(command);
  const { State = 'unknown', LastUpdateStatus = 'unknown', Environment } = answer;
  // Of the environment nothing else is taken: it may hold secrets.
  const named = Environment?.Variables?.[parameterVariable];
  const failureParameter = named !== undefined && isOurParameter(named) ? named : undefined;
  return { state: State, lastUpdate: LastUpdateStatus, failureParameter };
}

/** Not one with a version or a label, nor one elsewhere, which the roles cannot reach. */
function isOurParameter(name: string): boolean {
  return name.startsWith(parameterFolder) && /^[\w./-]+$/.test(name);
}

import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import type { FunctionSeed } from '#sandbox/lambda/function.ts';
import { type AccountUnderTest, home } from './aws-under-test.ts';

export function createFunction(account: AccountUnderTest, seed: FunctionSeed): Promise<void> {
  return account.arrange({
    sandbox: ({ region }) => {
      region.functions.add(seed);
    },
    moto: async (client) => {
      const { name, runtime = 'nodejs24.x', tags, environment, settings } = seed;
      const { Role } = await client(IAMClient).send(
        new CreateRoleCommand({
          RoleName: `${name}-role`,
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'lambda.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          }),
        }),
      );
      await client(LambdaClient).send(
        new CreateFunctionCommand({
          FunctionName: name,
          Role: Role?.Arn,
          Runtime: runtime,
          Handler: settings?.handler ?? 'index.handler',
          MemorySize: settings?.memorySize ?? 128,
          Timeout: settings?.timeout ?? 3,
          Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from('export const handler = () => {};') }) },
          ...(tags !== undefined && { Tags: tags }),
          ...(environment !== undefined && { Environment: { Variables: environment } }),
        }),
      );
    },
  });
}

/** Maps a queue to a function that exists, and returns the mapping's UUID. */
export function createMapping(account: AccountUnderTest, functionName: string): Promise<string> {
  return account.arrange({
    sandbox: ({ region }) =>
      region.functions.map({ functionName, eventSourceArn: queueArn(account, functionName) }).uuid,
    moto: async (client) => {
      await client(SQSClient).send(new CreateQueueCommand({ QueueName: functionName }));
      const { UUID = '' } = await client(LambdaClient).send(
        new CreateEventSourceMappingCommand({
          FunctionName: functionName,
          EventSourceArn: queueArn(account, functionName),
        }),
      );
      return UUID;
    },
  });
}

export function queueArn(account: AccountUnderTest, name: string): string {
  return `arn:aws:sqs:${home}:${account.id}:${name}`;
}

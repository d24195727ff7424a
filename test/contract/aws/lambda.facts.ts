import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { createFunction, createMapping, queueArn } from './arrange-functions.ts';
import { type AccountUnderTest, type AwsUnderTest, type Fact, home } from './aws-under-test.ts';

export const title = 'Lambda';

export function facts(fact: Fact): void {
  fact('a function’s configuration, with the values of its environment', async (account, aws) => {
    const environment = { MODE: 'test' };
    const settings = { memorySize: 256, timeout: 20 };
    await createFunction(account, { name: 'web', environment, settings });
    expect(await configuration(account, aws)).toMatchObject({
      FunctionName: 'web',
      FunctionArn: functionArn(account),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 20,
      Environment: { Variables: environment },
      LastUpdateStatus: 'Successful',
      Version: '$LATEST',
    });
  });

  fact('a function is named by its ARN as well', async (account, aws) => {
    await createFunction(account, { name: 'web' });
    expect(await configuration(account, aws, functionArn(account))).toMatchObject({ FunctionName: 'web' });
  });

  fact('an update leaves what it does not name as it is', async (account, aws) => {
    await createFunction(account, { name: 'web', settings: { memorySize: 256, timeout: 20 } });
    expect(await update(account, aws, { Timeout: 1 })).toMatchObject({ MemorySize: 256, Timeout: 1 });
    await aws.settle();
    expect(await configuration(account, aws)).toMatchObject({
      MemorySize: 256,
      Timeout: 1,
      Handler: 'index.handler',
      LastUpdateStatus: 'Successful',
    });
  });

  fact(
    'memory and timeout have ranges',
    async (account, aws) => {
      await createFunction(account, { name: 'web' });
      for (const input of [
        { MemorySize: 127 },
        { MemorySize: 10_241 },
        { Timeout: 0 },
        { Timeout: 901 },
        { Handler: 'two words' },
      ]) {
        await expect(update(account, aws, input)).rejects.toMatchObject({ name: 'ValidationException' });
      }
      expect(await configuration(account, aws)).toMatchObject({ MemorySize: 128, Timeout: 3 });
    },
    'takes any value',
  );

  fact('reserved concurrency: unset is not 0', async (account, aws) => {
    await createFunction(account, { name: 'web' });
    expect(await reserved(account, aws)).toBeUndefined();
    for (const count of [0, 7]) {
      expect(await reserve(account, aws, count)).toMatchObject({ ReservedConcurrentExecutions: count });
      expect(await reserved(account, aws)).toBe(count);
    }
    for (let times = 0; times < 2; times += 1) {
      await client(account, aws).send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'web' }));
      expect(await reserved(account, aws)).toBeUndefined();
    }
  });

  fact(
    'what functions have reserved is taken from what an account has left',
    async (account, aws) => {
      await createFunction(account, { name: 'web' });
      const left = async () => {
        const lambda = aws.clients(LambdaClient, account.scope());
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
      };
      const before = await left();
      await reserve(account, aws, 7);
      expect(await left()).toBe(before - 7);
    },
    'does not know account settings',
  );

  fact('what is done to a function that does not exist is refused', async (account, aws) => {
    const FunctionName = 'nobody';
    const lambda = client(account, aws);
    for (const call of [
      () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
      () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 1 })),
      () => lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 })),
      () => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      () => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName })),
    ]) {
      await expect(call()).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  fact('a function’s tags', async (account, aws) => {
    await createFunction(account, { name: 'web', tags: { app: 'web' } });
    const { Tags } = await client(account, aws).send(new ListTagsCommand({ Resource: functionArn(account) }));
    expect(Tags).toEqual({ app: 'web' });
  });

  fact('an event source mapping is found by its function, disabled and enabled', async (account, aws) => {
    await createFunction(account, { name: 'web' });
    await createFunction(account, { name: 'other' });
    const UUID = await createMapping(account, 'web');
    await createMapping(account, 'other');
    const lambda = client(account, aws);
    const { EventSourceMappings } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'web' }),
    );
    expect(EventSourceMappings).toMatchObject([
      { UUID, EventSourceArn: queueArn(account, 'web'), State: 'Enabled', FunctionArn: functionArn(account) },
    ]);
    for (const [Enabled, State] of [
      [false, 'Disabled'],
      [true, 'Enabled'],
    ] as const) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
      await aws.settle();
      const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
      expect(mapping).toMatchObject({ UUID, State, LastModified: expect.any(Date) });
    }
  });

  fact('an event source mapping that does not exist is not found', async (account, aws) => {
    const UUID = '14e0db71-xmpl-4eb5-b481-8945cf9d10c2';
    await expect(client(account, aws).send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject(
      { name: 'ResourceNotFoundException' },
    );
  });
}

function client(account: AccountUnderTest, aws: AwsUnderTest) {
  return aws.clients(LambdaClient, account.scope());
}

function functionArn(account: AccountUnderTest, name = 'web'): string {
  return `arn:aws:lambda:${home}:${account.id}:function:${name}`;
}

function configuration(account: AccountUnderTest, aws: AwsUnderTest, FunctionName = 'web') {
  return client(account, aws).send(new GetFunctionConfigurationCommand({ FunctionName }));
}

function update(
  account: AccountUnderTest,
  aws: AwsUnderTest,
  input: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>,
) {
  return client(account, aws).send(new UpdateFunctionConfigurationCommand({ FunctionName: 'web', ...input }));
}

function reserve(account: AccountUnderTest, aws: AwsUnderTest, ReservedConcurrentExecutions: number) {
  return client(account, aws).send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'web', ReservedConcurrentExecutions }),
  );
}

async function reserved(account: AccountUnderTest, aws: AwsUnderTest): Promise<number | undefined> {
  const { ReservedConcurrentExecutions } = await client(account, aws).send(
    new GetFunctionConcurrencyCommand({ FunctionName: 'web' }),
  );
  return ReservedConcurrentExecutions;
}
